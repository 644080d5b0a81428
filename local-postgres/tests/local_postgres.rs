//! Which PostgreSQL is found. What it does once it is found is tested with a session, in `testkit-postgres`.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use local_postgres::{Installation, NotRun};
use tempfile::TempDir;

/// A folder with programs that say they are of this version.
fn programs(root: &Path, folder: &str, version: &str) -> PathBuf {
    let bin = root.join(folder);
    fs::create_dir_all(&bin).unwrap();
    for name in ["initdb", "pg_ctl", "postgres"] {
        let program = bin.join(name);
        fs::write(&program, format!("#!/bin/sh\necho \"{name} (PostgreSQL) {version} (A Linux)\"\n"))
            .unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    bin
}

fn version(folders: &[PathBuf], usual: &str) -> String {
    match Installation::find_in(folders, &[usual]) {
        Ok(found) => found.version,
        Err(not_run) => not_run.to_string(),
    }
}

#[test]
fn the_first_on_the_path_is_taken_and_else_the_newest_of_the_usual_folders() {
    let root = TempDir::with_prefix("päth with spaces ").unwrap();
    let usual = root.path().join("lib/*/bin");
    let usual = usual.to_str().unwrap();
    programs(root.path(), "lib/9/bin", "9.6.24");
    programs(root.path(), "lib/17/bin", "17.2");
    programs(root.path(), "lib/16/bin", "16.9");
    let (old, new) = (programs(root.path(), "old", "12.3"), programs(root.path(), "new", "15.18"));

    assert_eq!(version(&[root.path().join("nothing"), new.clone()], usual), "15.18");
    assert_eq!(version(&[old.clone(), new], usual), "15.18", "too old is not taken");
    assert_eq!(version(&[old], usual), "17.2");
    assert_eq!(version(&[], usual), "17.2");
}

#[test]
fn a_client_alone_is_no_server_and_a_link_is_followed() {
    let root = TempDir::new().unwrap();
    let real = programs(root.path(), "real", "18beta1");
    let (client, links) = (root.path().join("client"), root.path().join("links"));
    fs::create_dir(&client).unwrap();
    fs::create_dir(&links).unwrap();
    fs::copy(real.join("postgres"), client.join("psql")).unwrap();
    for name in ["initdb", "pg_ctl", "postgres"] {
        symlink(real.join(name), links.join(name)).unwrap();
    }
    let found = Installation::find_in(&[client, links], &[]).unwrap();
    assert_eq!(found, Installation::find_in(&[real], &[]).unwrap());
}

#[test]
fn what_a_test_panics_with_is_found_in_what_it_prints() {
    let not_run = NotRun { reason: "no PostgreSQL".into(), mend: "Install it.\nOr do not.".into() };
    let printed = format!(
        "not run: so far\n\nthread 'a' (7) panicked at src/lib.rs:8:5:\n{not_run}\nnote: run with `RUST_BACKTRACE=1` …\n\nthread 'b' (8) panicked at library/x.rs:1:1:\nJoinError\n"
    );
    assert_eq!(NotRun::said_in(&printed), Some(not_run.clone()));
    let after = format!(
        "thread 'a' (7) panicked at x.rs:1:1:\nfirst\nthread 'b' (8) panicked at x.rs:2:2:\n{not_run}"
    );
    assert_eq!(NotRun::said_in(&after), Some(not_run));
    for other in
        ["not run: no panic", "thread 'a' panicked at x.rs:1:1:\nit was not run: why?", " panicked at "]
    {
        assert_eq!(NotRun::said_in(other), None, "{other}");
    }
}

#[test]
fn what_is_missing_is_said_with_its_mend() {
    let root = TempDir::new().unwrap();
    let none = version(&[root.path().into()], "/no/such/*/folder");
    assert!(none.starts_with("not run: no PostgreSQL\n"), "{none}");
    assert!(none.contains("Install it: ") && none.contains("DATABASE_URL"), "{none}");

    let old = version(&[programs(root.path(), "old", "12.3")], "/no/such/*/folder");
    assert!(old.starts_with("not run: PostgreSQL 12.3 is too old\n"), "{old}");
    assert!(old.contains("version 14 or newer") && old.contains("Install it: "), "{old}");
}
