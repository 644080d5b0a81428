//! The keys of `watch`, in a real terminal.
#![cfg(unix)]

mod support;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use expectrl::{Expect, Regex, session::OsSession};
use support::{PATIENCE, Workbook, target};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

/// A shell in a terminal of its own, in the workbook.
fn shell(workbook: &Workbook) -> OsSession {
    let mut shell = expectrl::spawn("sh").unwrap();
    shell.set_expect_timeout(Some(Duration::from_secs(120)));
    let (root, target) = (workbook.root.display(), target());
    shell
        .send_line(format!(
            "cd '{root}'; export CARGO_TARGET_DIR='{}'; unset NO_COLOR; modes=$(stty -g)",
            target.display()
        ))
        .unwrap();
    shell
}

/// After the tool the terminal has the modes that it had before.
fn assert_restored(shell: &mut OsSession) {
    shell.expect("it has ended").expect("the tool ends");
    shell.send_line("[ \"$(stty -g)\" = \"$modes\" ] && echo the same mo''des").unwrap();
    shell.expect("the same modes").expect("the terminal is as it was before");
}

#[test]
fn the_keys_act_and_the_terminal_is_restored() {
    let workbook = Workbook::copy();
    let mut shell = shell(&workbook);
    shell.send_line(format!("'{TOOL}' watch; echo it has en''ded")).unwrap();
    shell.expect("quit").expect("the keys are named after the first run");

    shell.send("l").unwrap();
    shell.expect("03 routers-and-state").expect("l lists the chapters");
    shell.send("h").unwrap();
    shell.expect("hint 1 of").expect("h shows a hint");
    shell.send("a").unwrap();
    shell.expect("head_answers_like_get").expect("a shows all failures");
    shell.send("s").unwrap();
    shell.expect("press s again").expect("s asks first");
    shell.send("n").unwrap();
    shell.expect("Not green yet").expect("n waits for green");

    workbook.solve("01-first-route");
    shell.expect(Regex("Green:[^\n]*all")).expect("a save runs the tests");
    shell.send("n").unwrap();
    shell.expect("Request and response types").expect("n goes to the next chapter");
    shell.expect("quit").expect("and runs it");

    shell.send("3").unwrap();
    shell.expect("Go to chapter (number or name, then Enter): 3").expect("a digit begins a number");
    shell.send("\r").unwrap();
    shell.expect("03 routers-and-state").expect("Enter goes there");
    shell.expect("quit").expect("and runs it");
    shell.send("gno-such\r").unwrap();
    shell.expect("there is no chapter").expect("what is no chapter is said");
    shell.send("gdtoz\x7fs\r").unwrap();
    shell.expect("02 dtos").expect("a name is one as well, and can be mended");
    shell.expect("quit").expect("and runs it");
    shell.send("g4").unwrap();
    shell.expect("then Enter): 4").expect("the prompt is there");
    // Sent together with another key, Escape is the beginning of a key of its own (Alt).
    shell.send("\x1b").unwrap();
    shell.expect("\x1b[K").expect("Escape takes the prompt away");
    shell.send("l").unwrap();
    shell.expect("type its number and press Enter").expect("the list says how");

    shell.send("q").unwrap();
    assert_restored(&mut shell);
}

#[test]
fn control_c_during_a_run_leaves_the_terminal_as_it_was() {
    let workbook = Workbook::copy();
    let mut shell = shell(&workbook);
    shell.send_line(format!("'{TOOL}' watch; echo it has en''ded")).unwrap();
    shell.expect("A first route").expect("the run has begun");
    shell.send("\x03").unwrap();
    assert_restored(&mut shell);
}

/// The names in this folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn control_c_in_doctor_leaves_no_postgresql() {
    let workbook = Workbook::copy();
    let temp = tempfile::tempdir().unwrap();
    // Root gives the server to another user, who has to get in.
    fs::set_permissions(temp.path(), Permissions::from_mode(0o755)).unwrap();
    let mut shell = shell(&workbook);
    let tried = format!("unset DATABASE_URL; TMPDIR='{}' '{TOOL}' doctor", temp.path().display());
    shell.send_line(format!("{tried}; echo it has en''ded")).unwrap();
    let is_up = || {
        let pid = |name: &String| temp.path().join(name).join("server/data/postmaster.pid");
        names(temp.path()).iter().any(|name| name.contains("-try-") && pid(name).exists())
    };
    let until = Instant::now() + PATIENCE;
    while !is_up() {
        assert!(Instant::now() < until, "it tries PostgreSQL out: {:?}", names(temp.path()));
        thread::sleep(Duration::from_millis(1));
    }

    shell.send("\x03").unwrap();

    shell.expect("interrupted").expect("it says that it does not know all");
    assert_restored(&mut shell);
    let left = names(temp.path());
    assert!(left.is_empty(), "the server is stopped and taken away, but there is {left:?}");
}
