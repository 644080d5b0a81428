//! What a learner does, with the real tool in a copy of the workbook.

mod support;

use std::{fs, process::Command};

use serde_json::Value;
use support::{Ran, Running, Workbook};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const STARTED: &str = "exercises/01-first-route/src/lib.rs";

fn state<'a>(status: &'a Value, id: &str) -> &'a str {
    let chapters = status["chapters"].as_array().unwrap();
    chapters.iter().find(|chapter| chapter["id"] == id).unwrap()["state"].as_str().unwrap()
}

#[test]
fn solving_the_first_chapter_makes_it_green_and_opens_the_next() {
    let workbook = Workbook::copy();
    let status = workbook.run(&["status", "--format", "json"]).expect(0).json();
    assert_eq!(
        (state(&status, "first-route"), status["current"].as_str()),
        ("not-started", Some("first-route"))
    );

    let red = workbook.run(&["run"]).expect(1);
    assert!(red.out.contains("FAIL health::get_health_answers_200"), "{}", red.out);
    assert!(red.out.contains("not yet implemented: return a Router"), "{}", red.out);
    let status = workbook.run(&["status", "--format", "json"]).expect(0).json();
    assert_eq!(state(&status, "first-route"), "red");

    workbook.solve("01-first-route");
    let green = workbook.run(&["run"]).expect(0);
    assert!(green.out.contains("Green: all"), "{}", green.out);
    assert!(green.out.contains("Next: cargo workbook run dtos (book/"), "{}", green.out);
    let status = workbook.run(&["status", "--format", "json"]).expect(0).json();
    assert_eq!((state(&status, "first-route"), status["current"].as_str()), ("green", Some("dtos")));
    let list = workbook.run(&["list"]).expect(0);
    assert!(list.out.contains("> 02 dtos"), "{}", list.out);

    let kept = fs::read_dir(workbook.path(".workbook/snapshots/first-route")).unwrap().count();
    assert_eq!(kept, 1, "the first green keeps a snapshot");
}

#[test]
fn reset_and_undo_give_back_the_exact_bytes() {
    let workbook = Workbook::cloned();
    let start = workbook.read(STARTED);
    let mine = b"// not even UTF-8: \xff\xfe\r\nfn main() {\r\n".as_slice();
    workbook.write(STARTED, mine);
    workbook.write("exercises/01-first-route/src/notes.rs", "// mine");

    let reset = workbook.run(&["reset", "first-route"]).expect(0);
    assert!(reset.out.contains("cargo workbook undo first-route"), "{}", reset.out);
    assert_eq!(workbook.read(STARTED), start);
    assert!(!workbook.path("exercises/01-first-route/src/notes.rs").exists());

    workbook.run(&["undo", "first-route"]).expect(0);
    assert_eq!(workbook.read(STARTED), mine);
    assert_eq!(workbook.read("exercises/01-first-route/src/notes.rs"), b"// mine");

    workbook.run(&["undo", "first-route"]).expect(0);
    assert_eq!(workbook.read(STARTED), start, "an undo can be undone");
}

#[test]
fn a_reset_needs_no_git_once_the_tool_has_run() {
    let workbook = Workbook::copy();
    let start = workbook.read(STARTED);
    // `watch` remembers the starters before the learner changes them.
    let mut watch = Running::start(workbook.command(&["watch"]));
    watch.wait_for("Red:");
    drop(watch);

    workbook.write(STARTED, "changed");
    workbook.run(&["reset", "first-route"]).expect(0);
    assert_eq!(workbook.read(STARTED), start);
}

#[test]
fn a_file_that_the_tests_write_starts_no_run_after_a_while() {
    let workbook = Workbook::copy();
    let tests = "exercises/01-first-route/tests/chapter/health.rs";
    let mut text = workbook.read(tests);
    text.extend(
        b"\n#[test]\nfn writes_a_file() {\n    let now = std::time::SystemTime::now();\n    \
          std::fs::write(\"seen.json\", format!(\"{now:?}\")).unwrap();\n}\n",
    );
    workbook.write(tests, text);
    let mut watch = Running::start(workbook.command(&["watch"]));
    let said = watch.wait_for("seen.json is written by the tests themselves");
    assert_eq!(said.matches("Red:").count(), 3, "{said}");
    // A save is still heard, and is the only reason for a run.
    workbook.write(STARTED, "pub fn app() -> axum::Router { 1 }");
    let said = watch.wait_for("It does not compile");
    assert!(!said.contains("Red:"), "{said}");
}

#[test]
fn a_reset_that_cannot_find_the_starter_changes_nothing() {
    let workbook = Workbook::copy();
    workbook.write(STARTED, "changed before the tool ever ran, and no git");

    let ran = workbook.run(&["reset", "first-route"]).expect(2);
    assert!(ran.err.contains("Nothing was changed"), "{}", ran.err);
    assert_eq!(workbook.read(STARTED), b"changed before the tool ever ran, and no git");
}

#[test]
fn a_compile_error_comes_first_and_in_colour() {
    let workbook = Workbook::copy();
    workbook.write(STARTED, "pub fn app() -> axum::Router { 1 }");

    let plain = workbook.run(&["run"]).expect(1);
    let error = plain.out.find("error[E0308]: mismatched types").expect("the compiler's error");
    assert!(error < plain.out.find("It does not compile").unwrap(), "{}", plain.out);
    assert!(!plain.out.contains('\x1b'), "no terminal, no colour: {:?}", plain.out);

    let coloured = workbook.command(&["run"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let text = String::from_utf8(coloured.stdout).unwrap();
    let at = text.find("E0308").unwrap_or_else(|| panic!("{text:?}"));
    assert!(text[..at].contains("\x1b["), "{text:?}");

    let forbidden =
        workbook.command(&["run"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
    assert!(!String::from_utf8(forbidden.stdout).unwrap().contains('\x1b'), "NO_COLOR wins");

    let status = workbook.run(&["status", "--format", "json"]).json();
    assert_eq!(state(&status, "first-route"), "does-not-compile");
}

#[test]
fn hints_come_one_by_one_for_what_fails_and_the_solution_on_demand() {
    let workbook = Workbook::copy();
    workbook.run(&["run"]).expect(1);
    let first = workbook.run(&["hint"]).expect(0).out;
    let second = workbook.run(&["hint"]).expect(0).out;
    assert!(first.contains("get_health_answers_200") && first.contains("hint 1 of"), "{first}");
    assert!(second.contains("hint 2 of"), "{second}");
    assert!(!second.contains("since the last run"), "{second}");

    workbook.write(STARTED, [workbook.read(STARTED), b"// Another thought.\n".to_vec()].concat());
    let older = workbook.run(&["hint"]).expect(0).out;
    assert!(older.starts_with("Your code has changed since the last run"), "{older}");
    workbook.run(&["run"]).expect(1);
    let mut all = String::new();
    while !all.contains("Those were all the hints for what fails now") {
        assert!(all.matches("hint ").count() < 20, "{all}");
        all += &workbook.run(&["hint"]).expect(0).out;
    }
    assert!(all.contains("Those were all the hints for \"When health::get_health_answers_200"), "{all}");
    assert!(!all.contains("since the last run"), "{all}");

    let refused = workbook.run(&["solution"]).expect(1);
    assert!(refused.out.contains("--show-me"), "{}", refused.out);
    let shown = workbook.run(&["solution", "--show-me"]).expect(0);
    assert!(shown.out.contains("+    Router::new().route(\"/health\", get(health))"), "{}", shown.out);
    let status = workbook.run(&["status", "--format", "json"]).json();
    assert_eq!(status["chapters"][0]["solution_shown"], true);
}

#[test]
fn watch_sees_a_save_and_a_save_by_rename() {
    let workbook = Workbook::copy();
    let start = workbook.read(STARTED);
    let mut watch = Running::start(workbook.command(&["watch"]));
    watch.wait_for("Red: 0 of");

    workbook.solve("01-first-route");
    watch.wait_for("Green: all");

    // As many editors save: a new file, then a rename over the old one.
    workbook.write("exercises/01-first-route/src/.lib.rs.new", start);
    fs::rename(workbook.path("exercises/01-first-route/src/.lib.rs.new"), workbook.path(STARTED)).unwrap();
    watch.wait_for("Red: 0 of");
}

#[test]
fn watch_that_polls_sees_a_save_too() {
    let workbook = Workbook::copy();
    let mut watch = Running::start(workbook.command(&["watch", "--poll"]));
    watch.wait_for("Red: 0 of");
    workbook.solve("01-first-route");
    watch.wait_for("Green: all");
}

const ENDLESS: &str = "async fn health(method: axum::http::Method) -> Json<Health> {
    if method == axum::http::Method::HEAD {
        std::future::pending::<()>().await;
    }
";

#[test]
fn a_save_during_a_run_stops_it_and_runs_again() {
    let workbook = Workbook::copy();
    workbook.solve("01-first-route");
    let solution = String::from_utf8(workbook.read(STARTED)).unwrap();
    // The last test never ends, so that this run cannot end by itself before the tests' limit.
    let endless = solution.replace("async fn health() -> Json<Health> {\n", ENDLESS);
    assert_ne!(endless, solution);
    // Only what fails is told of a run that goes on.
    workbook.write(STARTED, endless.replace("\"up\"", "\"down\""));
    let mut watch = Running::start(workbook.command(&["watch"]));
    watch.wait_for("FAIL health::");

    workbook.write(STARTED, solution);
    let seen = watch.wait_for("Green: all");
    assert!(!seen.contains("TIME"), "the first run was not stopped, it ran out of time:\n{seen}");
    assert!(seen.contains("01 first-route"), "a new run begins with its heading:\n{seen}");
}

#[test]
fn two_tools_at_once_lose_nothing_of_each_other() {
    let workbook = Workbook::copy();
    let runs: Vec<_> = ["first-route", "dtos", "routers-and-state"]
        .map(|id| workbook.command(&["run", id]).stdout(std::process::Stdio::null()).spawn().unwrap())
        .into();
    for mut run in runs {
        assert_eq!(run.wait().unwrap().code(), Some(1));
    }
    let status = workbook.run(&["status", "--format", "json"]).json();
    for id in ["first-route", "dtos", "routers-and-state"] {
        assert_eq!(state(&status, id), "red", "{id}");
    }
}

#[test]
fn a_damaged_progress_file_is_explained_and_kept() {
    let workbook = Workbook::copy();
    workbook.run(&["status"]).expect(0);
    fs::create_dir_all(workbook.path(".workbook")).unwrap();
    workbook.write(".workbook/progress.toml", "version = 1\n[chapters.first-");
    for command in ["run", "list", "status", "hint"] {
        let ran = workbook.run(&[command]).expect(2);
        assert!(ran.err.contains("is damaged") && ran.err.contains("cargo workbook verify"), "{}", ran.err);
    }
    assert_eq!(workbook.read(".workbook/progress.toml"), b"version = 1\n[chapters.first-");
}

#[test]
fn a_chapter_that_is_broken_stops_itself_and_no_other() {
    let workbook = Workbook::copy();
    let manifest = "exercises/02-dtos/Cargo.toml";
    let whole = String::from_utf8(workbook.read(manifest)).unwrap();
    workbook.write(manifest, whole.replace("minutes =", "minuets ="));
    fs::remove_dir_all(workbook.path("exercises/03-routers-and-state/tests")).unwrap();
    fs::remove_dir_all(workbook.path("exercises/04-error-envelope")).unwrap();
    let list = workbook.run(&["list"]).expect(0).out;
    for told in [
        "02 dtos               cannot be read",
        "03 routers-and-state  cannot be run",
        "04 error-envelope     cannot be read",
        "05 sqlite-crud        not started",
        "exercises/02-dtos/Cargo.toml is not a chapter's manifest",
        "git checkout -- exercises/03-routers-and-state/tests",
        "git checkout -- exercises/04-error-envelope",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let status = workbook.run(&["status", "--format", "json"]).expect(0).json();
    assert_eq!(status["broken"][0]["id"], "dtos", "{status}");
    assert!(status["chapters"][1]["problem"].as_str().unwrap().contains("has no tests"), "{status}");
    for (id, mend) in [
        ("dtos", "git checkout -- exercises/02-dtos/Cargo.toml"),
        ("2", "minuets"),
        ("routers-and-state", "git checkout -- exercises/03-routers-and-state/tests"),
        ("error-envelope", "git checkout -- exercises/04-error-envelope"),
    ] {
        let refused = workbook.run(&["run", id]).expect(2);
        assert!(refused.err.contains(mend), "{mend}: {}", refused.err);
    }
    workbook.run(&["run", "first-route"]).expect(1);

    // Then Cargo reads no other manifest either.
    workbook.write(manifest, whole.replace("[package]", "[package"));
    workbook.run(&["list"]).expect(0);
    let refused = workbook.run(&["run", "first-route"]).expect(2);
    assert!(
        refused.err.contains(manifest) && refused.err.contains("Cargo can build no other chapter"),
        "{}",
        refused.err
    );
}

#[test]
fn the_first_command_keeps_the_starters_whichever_it_is() {
    for command in ["list", "status"] {
        let workbook = Workbook::copy();
        let start = workbook.read(STARTED);
        workbook.run(&[command]).expect(0);
        workbook.write(STARTED, "changed");
        workbook.run(&["reset", "first-route"]).expect(0);
        assert_eq!(workbook.read(STARTED), start, "{command}");
    }
}

#[test]
fn ends_of_lines_are_no_difference_from_the_solution() {
    let workbook = Workbook::copy();
    workbook.solve("01-first-route");
    let solved = String::from_utf8(workbook.read(STARTED)).unwrap();
    workbook.write(STARTED, solved.replace('\n', "\r\n"));
    let shown = workbook.run(&["solution", "first-route", "--show-me"]).expect(0).out;
    assert!(shown.contains("yours is the same as the reference"), "{shown}");
}

/// What is neither text nor small is named within the time of a command.
#[test]
#[cfg(unix)]
fn a_pipe_a_large_file_and_a_name_that_is_no_text_are_named() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt, time::Duration};
    let workbook = Workbook::cloned();
    workbook.write(STARTED, "mine");
    let place = workbook.path("exercises/01-first-route/tests");
    let pipe = |path: &std::path::Path| {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let large = |path: &std::path::Path| fs::File::create(path).unwrap().set_len(1 << 30).unwrap();
    let odd = OsStr::from_bytes(b"caf\xe9.rs");
    let empty = |path: &std::path::Path| fs::write(path, "").unwrap();
    for (name, reason) in [
        (OsStr::new("pipe.rs"), "not a file but a pipe"),
        (OsStr::new("large.rs"), "has 1024 MB"),
        (odd, "not UTF-8"),
    ] {
        let path = place.join(name);
        match reason {
            "has 1024 MB" => large(&path),
            "not UTF-8" => empty(&path),
            _ => pipe(&path),
        }
        let started = std::time::Instant::now();
        let reset = workbook.run(&["reset", "first-route"]).expect(2);
        assert!(reset.err.contains(reason), "{reason}: {}", reset.err);
        let list = workbook.run(&["list"]).expect(0).out;
        assert!(list.contains(reason) && list.contains("02 dtos"), "{reason}: {list}");
        workbook.run(&["run", "first-route"]).expect(2);
        assert!(started.elapsed() < Duration::from_secs(60), "{reason}");
        fs::remove_file(path).unwrap();
    }
    assert_eq!(workbook.read(STARTED), b"mine");
    workbook.write(STARTED, "mod pipe;");
    pipe(&workbook.path("exercises/01-first-route/src/pipe.rs"));
    let map = workbook.run(&["map", "first-route"]).expect(2);
    assert!(map.err.contains("the module `pipe` has no file"), "{}", map.err);
}

#[test]
#[cfg(unix)]
fn a_reset_and_its_undo_keep_modes_and_replace_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let workbook = Workbook::cloned();
    let script = workbook.path("exercises/01-first-route/try");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    workbook.write(STARTED, "mine");
    fs::write(&script, "#!/bin/sh\n").unwrap();
    for (path, mode) in [(&script, 0o755), (&workbook.path(STARTED), 0o640)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    workbook.run(&["reset", "first-route"]).expect(0);
    assert!(!script.exists());
    assert_eq!(mode(&workbook.path(STARTED)), 0o640, "that of the file before");
    workbook.run(&["undo", "first-route"]).expect(0);
    assert_eq!((mode(&script), mode(&workbook.path(STARTED))), (0o755, 0o640));

    let elsewhere = workbook.path("elsewhere.rs");
    fs::rename(workbook.path(STARTED), &elsewhere).unwrap();
    symlink(&elsewhere, workbook.path(STARTED)).unwrap();
    let refused = workbook.run(&["reset", "first-route"]).expect(2);
    assert!(
        refused.err.contains("is a link") && refused.err.contains("Nothing was changed"),
        "{}",
        refused.err
    );
    assert!(workbook.path(STARTED).is_symlink() && script.exists());
    assert_eq!(fs::read(elsewhere).unwrap(), b"mine");
}

#[test]
#[cfg(target_os = "linux")]
fn the_file_to_change_is_opened_in_the_editor_that_is_set() {
    use std::{os::unix::fs::PermissionsExt, thread, time::Duration};
    let workbook = Workbook::copy();
    let programs = tempfile::tempdir().unwrap();
    let opened = programs.path().join("opened");
    let fake = programs.path().join("xdg-open");
    fs::write(
        &fake,
        format!("#!/bin/sh\necho \"$1\" > '{0}.part' && mv '{0}.part' '{0}'\n", opened.display()),
    )
    .unwrap();
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap());
    let open = |arguments: &[&str]| {
        let _ = fs::remove_file(&opened);
        let ran = workbook.command(arguments).env("PATH", &path).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        // It is not waited for.
        for _ in 0..1000 {
            if opened.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        (fs::read_to_string(&opened).unwrap(), String::from_utf8(ran.stdout).unwrap())
    };
    let (link, said) = open(&["open"]);
    assert!(
        link.starts_with("vscode://file/")
            && link.trim().ends_with("/exercises/01-first-route/src/lib.rs:1:1"),
        "{link}"
    );
    assert!(said.contains(STARTED), "{said}");
    workbook.write(".workbook/config.toml", "editor = \"zed://file/{path}:{line}\"\n");
    let (link, said) = open(&["open", "3"]);
    assert!(
        link.starts_with("zed://file/") && link.trim().ends_with("/03-routers-and-state/src/lib.rs:1"),
        "{link}"
    );
    assert!(said.contains("Also to change: exercises/03-routers-and-state/src/users.rs"), "{said}");
    workbook.write(".workbook/config.toml", "editor = \"vim\"\n");
    let refused = workbook.run(&["open"]).expect(2);
    assert!(refused.err.contains("`editor` is not an address"), "{}", refused.err);
}

#[test]
fn bad_input_gets_an_answer_with_the_next_step() {
    let workbook = Workbook::copy();
    let unknown = workbook.run(&["run", "dto"]).expect(2);
    assert!(unknown.err.contains("Did you mean \"dtos\"?"), "{}", unknown.err);
    for nonsense in ["hexagons", "nonsense"] {
        let unknown = workbook.run(&["hint", nonsense]).expect(2);
        assert!(unknown.err.contains("cargo workbook list"), "{}", unknown.err);
        assert!(!unknown.err.contains("Did you mean"), "{}", unknown.err);
    }

    let outside = tempfile::tempdir().unwrap();
    let lost = Command::new(TOOL).arg("list").current_dir(outside.path()).output().unwrap();
    let text = String::from_utf8(lost.stderr).unwrap();
    assert!(text.contains("is not inside a workbook") && text.contains("cd "), "{text}");

    let below = workbook
        .command(&["list"])
        .current_dir(workbook.path("exercises/01-first-route/src"))
        .output()
        .unwrap();
    assert!(below.status.success(), "from a folder below the root it works");

    let nowhere = outside.path().join("no-such-cargo");
    let no_cargo = workbook.command(&["run"]).env("CARGO", &nowhere).output().unwrap();
    let text = String::from_utf8(no_cargo.stderr).unwrap();
    assert_eq!(no_cargo.status.code(), Some(2), "{text}");
    assert!(text.contains("cannot be started") && text.contains("cargo workbook doctor"), "{text}");

    // A file where the folder should be: nobody, not even root, can write into it.
    fs::remove_dir_all(workbook.path(".workbook")).unwrap();
    workbook.write(".workbook", "not a folder");
    let unwritable = workbook.run(&["run"]).expect(2);
    assert!(unwritable.err.contains("cannot be"), "{}", unwritable.err);
}

/// A disk of 16 MiB, which holds the starters and little more, that is full: needs the right to mount one.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs root: mounts a small disk"]
fn a_full_and_a_read_only_disk_are_explained_and_the_old_progress_is_kept() {
    let workbook = Workbook::copy();
    let folder = workbook.path(".workbook");
    fs::create_dir(&folder).unwrap();
    let mount = |options: &str| {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&folder)
            .status()
            .unwrap();
        assert!(done.success(), "mount -o {options}");
    };
    mount("size=16m");
    struct Unmount(std::path::PathBuf);
    impl Drop for Unmount {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(&self.0).status();
        }
    }
    let unmount = Unmount(folder.clone());
    workbook.run(&["run"]).expect(1);
    let before = workbook.read(".workbook/progress.toml");

    // Until nothing more fits.
    let fill = fs::write(folder.join("filling"), vec![0; 32 << 20]).unwrap_err();
    assert_eq!(fill.kind(), std::io::ErrorKind::StorageFull);
    workbook.solve("01-first-route");
    let full: Ran = workbook.run(&["run"]).expect(2);
    assert!(full.err.contains("The disk is full") && full.err.contains("unchanged"), "{}", full.err);
    assert_eq!(workbook.read(".workbook/progress.toml"), before);

    fs::remove_file(folder.join("filling")).unwrap();
    mount_again_read_only(&folder);
    let read_only = workbook.run(&["run"]).expect(2);
    assert!(read_only.err.contains("read-only"), "{}", read_only.err);
    assert_eq!(workbook.read(".workbook/progress.toml"), before);
    drop(unmount);
}

#[cfg(target_os = "linux")]
fn mount_again_read_only(folder: &std::path::Path) {
    let done = Command::new("mount").args(["-o", "remount,ro"]).arg(folder).status().unwrap();
    assert!(done.success(), "remount read-only");
}

#[test]
fn the_map_shows_the_modules_of_the_code_as_it_is_now() {
    let workbook = Workbook::copy();
    let text = workbook.run(&["map", "routers-and-state"]).expect(0).out;
    assert!(
        text.contains("This chapter has no layers") && text.contains("\n  users; crates: axum\n"),
        "{text}"
    );

    workbook.write("exercises/01-first-route/src/domain.rs", "use crate::http;\nuse axum::Router;\n");
    workbook.write("exercises/01-first-route/src/http.rs", "");
    workbook.write("exercises/01-first-route/src/lib.rs", "mod domain;\nmod http;\n");
    let text = workbook.run(&["map"]).expect(0).out;
    let violation = "✗ src/domain.rs:1: domain may not use http: dependencies point inward";
    assert_eq!((text.matches(violation).count(), text.matches("may not use http").count()), (1, 1), "{text}");
    let json = workbook.run(&["map", "1", "--format", "json"]).expect(0).json();
    assert_eq!(json["violations"].as_array().unwrap().len(), 2, "{json}");
    let svg = workbook.run(&["map", "1", "--format", "svg"]).expect(0).out;
    assert!(svg.starts_with("<svg") && svg.contains("picture-bad"), "{svg}");

    workbook.write("exercises/01-first-route/src/domain.rs", "fn f() {}\nfn g( {\n");
    let broken = workbook.run(&["map", "first-route"]).expect(2);
    assert!(
        broken.err.contains("exercises/01-first-route") && broken.err.contains("src/domain.rs:2:"),
        "{}",
        broken.err
    );
    let unknown = workbook.run(&["map", "frist-route"]).expect(2);
    assert!(unknown.err.contains("Did you mean \"first-route\"?"), "{}", unknown.err);
}
