//! What another account of the machine gets of the tool while a learner uses it. The other one is `nobody`, and only root can act as it.
#![cfg(target_os = "linux")]

mod support;

use std::{
    ffi::OsStr,
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use support::{Running, Workbook, page::Page};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const FIRST: &str = "exercises/01-first-route/src/lib.rs";

fn as_nobody(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(program);
    command.current_dir("/").stdin(Stdio::null());
    command
}

/// What it printed, and whether it did what it was asked.
fn said(command: &mut Command) -> (String, bool) {
    let output = command.output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
}

/// An answer of the tool to the stranger, with its head.
fn asks(page: &Page, path: &str, more: &[&str]) -> String {
    let mut curl = as_nobody("curl");
    curl.args(["--silent", "--show-error", "--include", "--max-time", "20"]).args(more);
    said(curl.arg(format!("http://{}{path}", page.server))).0
}

/// The arguments of all processes, as every account can read them.
fn arguments_of_all() -> String {
    let all = "for process in /proc/[0-9]*; do tr '\\0' ' ' <$process/cmdline; echo; done 2>/dev/null";
    said(as_nobody("sh").args(["-c", all])).0
}

/// The folder of a learner is open to others, as it is on many machines.
fn open_to_others(workbook: &Workbook) {
    for folder in workbook.root.ancestors().take_while(|folder| *folder != std::env::temp_dir()) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
#[ignore = "needs root: acts as another user"]
fn another_user_reads_the_book_and_gets_no_secret_no_diff_and_no_reset() {
    let workbook = Workbook::copy();
    open_to_others(&workbook);
    // A browser that stays open with what it was opened with.
    let programs = workbook.path("target/programs");
    fs::create_dir_all(&programs).unwrap();
    let (browser, opened) = (programs.join("xdg-open"), programs.join("opened"));
    // Until the workbook is taken away.
    let script = "#!/bin/sh\necho \"$@\" >OPENED\nwhile [ -e OPENED ]; do sleep 0.2; done\n";
    fs::write(&browser, script.replace("OPENED", &format!("'{}'", opened.display()))).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut command = workbook.command(&["start", "--port", "0"]);
    command.env("PATH", path).env_remove("VSCODE_IPC_HOOK_CLI").env_remove("BROWSER");
    let mut tool = Running::start(command);
    let page = Page::open(&tool.wait_for("The book:"));
    let mut events = page.events();
    events.done("first-route", "red");
    let mine = b"pub fn app() -> axum::Router { todo!(\"mine\") }\n";
    workbook.write(FIRST, mine);
    events.until("run", |run| run["failure"]["message"].as_str().is_some_and(|text| text.contains("mine")));

    // Reading is free.
    let book = asks(&page, "/part-1/first-route.html", &[]);
    assert!(book.contains(" 200 OK") && book.contains("<html") && !book.contains(&page.key), "{book}");

    let host = format!("http://{}", page.server);
    let origin = format!("Origin: {host}");
    let sent = ["--header", "Content-Type: application/json", "--header", &origin];
    let guesses =
        [format!("Cookie: {}=", page.cookie.split('=').next().unwrap()), "X-Workbook-Token: x".into()];
    for guess in &guesses {
        let head = ["--header", guess];
        for path in ["/api/session", "/api/status", "/api/events", "/api/chapter/first-route"] {
            let answer = asks(&page, path, &[&sent[..], &head].concat());
            assert!(answer.contains(" 401 ") && !answer.contains("set-cookie"), "{path}: {answer}");
        }
        for action in ["run", "hint", "reset", "undo", "solution"] {
            let body = ["--data", r#"{"id":"first-route","show_me":true}"#];
            let answer = asks(&page, &format!("/api/{action}"), &[&sent[..], &head, &body].concat());
            assert!(answer.contains(" 401 ") && !answer.contains("diffs"), "{action}: {answer}");
        }
    }
    for path in ["/?key=", "/?key=x", "/api/alive?word=x"] {
        let answer = asks(&page, path, &[]);
        assert!(!answer.contains("set-cookie") && !answer.contains(&page.key), "{path}: {answer}");
    }
    assert_eq!(workbook.read(FIRST), mine, "nothing was reset");
    assert_eq!(page.get("/api/status").expect(200).json()["chapters"][0]["solution_shown"], false);

    // The secret is in no file that others can read, and in no program's arguments.
    assert!(can_read(&workbook.path("Cargo.toml")), "the folder is open to others");
    for file in [".workbook/key", "target/workbook/open.html"] {
        assert!(fs::read_to_string(workbook.path(file)).unwrap().contains(&page.key), "{file}");
        assert!(!can_read(&workbook.path(file)), "{file}");
    }
    let found = said(as_nobody("grep").args(["-rls", "--", &page.key]).arg(&workbook.root)).0;
    assert_eq!(found, "", "files with the secret that others can read");
    let (all, file) = (arguments_of_all(), fs::read_to_string(opened).unwrap());
    let told =
        |text: &str| all.lines().filter(|line| line.contains(text)).map(str::to_owned).collect::<Vec<_>>();
    assert!(file.starts_with("file:///") && !told(file.trim()).is_empty(), "the browser runs: {file}");
    assert_eq!(told(&page.key), [""; 0]);

    // The learner can still do all of it.
    page.act("reset", "first-route").expect(200);
    assert_ne!(workbook.read(FIRST), mine);
}

fn can_read(path: &Path) -> bool {
    said(as_nobody("cat").arg(path).stderr(Stdio::null())).1
}
