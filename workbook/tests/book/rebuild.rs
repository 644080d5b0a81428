//! The thread that rebuilds the served book.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::Result;
use workbook::book::{BuildOptions, Built, Rebuilder};

use super::Fixture;

fn rebuilder(fixture: &Fixture) -> (Rebuilder, Receiver<Result<Built>>) {
    let (done, built) = channel();
    let options = BuildOptions { destination: fixture.root().join("site"), served: true };
    let rebuilder = Rebuilder::start(fixture.root(), options, move |result| {
        let _ = done.send(result);
    });
    (rebuilder.unwrap(), built)
}

const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_rebuild_that_fails_leaves_the_pages_before_it() {
    let fixture = Fixture::new();
    let (rebuilder, built) = rebuilder(&fixture);
    let page = |folder: &Path| fs::read_to_string(folder.join("part-1/first-route.html")).unwrap();

    rebuilder.request();
    let first = built.recv_timeout(LONG).unwrap().unwrap().folder;
    assert!(page(&first).contains("Words."));

    fixture.page("```pikchr\n```");
    rebuilder.request();
    assert!(built.recv_timeout(LONG).unwrap().is_err());
    assert!(page(&first).contains("Words."));

    fixture.page("# T\n\nMended.\n");
    rebuilder.request();
    let second = built.recv_timeout(LONG).unwrap().unwrap().folder;
    assert!(page(&second).contains("Mended.") && page(&first).contains("Words."));

    drop(rebuilder);
    assert!(!second.exists() && !first.exists());
}

#[test]
fn requests_during_a_build_are_answered_by_one_more() {
    let fixture = Fixture::new();
    let (done, built) = channel();
    let (go_on, wait) = channel::<()>();
    let options = BuildOptions { destination: fixture.root().join("site"), served: true };
    let rebuilder = Rebuilder::start(fixture.root(), options, move |result| {
        let _ = done.send(result);
        let _ = wait.recv();
    });
    let rebuilder = rebuilder.unwrap();
    rebuilder.request();
    built.recv_timeout(LONG).unwrap().unwrap();
    // The builder is still busy with the first.
    for _ in 0..50 {
        rebuilder.request();
    }
    fixture.page("# T\n\nThe newest.\n");
    drop(go_on);
    let last = built.recv_timeout(LONG).unwrap().unwrap();
    assert!(fs::read_to_string(last.folder.join("part-1/first-route.html")).unwrap().contains("The newest."));
    assert!(built.recv_timeout(Duration::from_secs(1)).is_err(), "fifty requests make one build");
}

#[test]
fn what_a_killed_tool_left_is_cleared_away_and_what_another_uses_is_not() {
    let fixture = Fixture::new();
    fixture.write("site/book-killed/in-use", "");
    fixture.write("site/book-killed/1/index.html", "");
    fixture.write("site/notes/in-use", "");
    let (one, built) = rebuilder(&fixture);
    assert!(!fixture.root().join("site/book-killed").exists() && fixture.root().join("site/notes").exists());
    one.request();
    let folder = built.recv_timeout(LONG).unwrap().unwrap().folder;
    let (_two, _) = rebuilder(&fixture);
    assert!(folder.join("index.html").is_file());
}
