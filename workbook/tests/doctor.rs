//! What `doctor` says of this machine.

mod support;

use std::net::TcpListener;

use support::Workbook;

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

/// What it says of PostgreSQL, with this variable set.
fn finding(workbook: &Workbook, variable: (&str, &str)) -> String {
    let mut command = workbook.command(&["doctor"]);
    command.env_remove("DATABASE_URL").env(variable.0, variable.1);
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let (_, from) = out.split_once(" postgresql ").unwrap_or_else(|| panic!("{out}"));
    from.split_once("build ").unwrap_or_else(|| panic!("{out}")).0.to_owned()
}

#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn it_says_which_postgresql_tests_would_start() {
    let tried = finding(&Workbook::copy(), ("DATABASE_URL", ""));
    assert!(tried.contains("tests start a private one, which is made in "), "{tried}");
}

#[test]
fn it_says_how_to_get_a_postgresql_and_what_answers_where_one_is_named() {
    let workbook = Workbook::copy();
    let none = finding(&workbook, ("WORKBOOK_POSTGRES_BIN", "/nowhere"));
    assert!(none.contains("no PostgreSQL") && none.contains("Install it: "), "{none}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("postgres://ada:s3cret@127.0.0.1:{port}/desk?sslmode=disable");
    let named = finding(&workbook, ("DATABASE_URL", &url));
    assert!(named.contains("DATABASE_URL names it, and something answers there"), "{named}");
    drop(listener);
    let gone = finding(&workbook, ("DATABASE_URL", &url));
    assert!(gone.contains("nothing answers there") && gone.contains("unset it"), "{gone}");
    assert!(!gone.contains("s3cret"), "{gone}");
}

#[test]
fn it_names_the_version_of_the_workbook() {
    let workbook = Workbook::cloned();
    let out = String::from_utf8(workbook.command(&["doctor"]).output().unwrap().stdout).unwrap();
    let lock = workbook::course::files::blob_id(&workbook.read("exercises.lock"));
    let line = out.lines().find(|line| line.contains(" workbook ")).unwrap_or_else(|| panic!("{out}"));
    assert!(line.contains("0.1.") && line.contains(&lock[..10]) && line.contains(", commit "), "{line}");
}
