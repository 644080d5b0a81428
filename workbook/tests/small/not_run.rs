//! Tests that cannot run on this machine are neither passed nor failed, wherever they are told of.

use serde_json::json;

use crate::fixture::{Draft, SERVER, Workbook, one_at_a_time};

const CODE: &str = "exercises/01-sound/src/lib.rs";

fn solve(workbook: &Workbook) {
    workbook.put(CODE, &workbook.read("solutions/01-sound/src/lib.rs"));
}

#[test]
fn a_chapter_is_neither_green_nor_red_where_tests_cannot_run() {
    let _turn = one_at_a_time();
    let workbook = Draft::with_a_test_that_needs_a_server().write();
    let red = workbook.tool(&["run"]);
    assert_eq!(red.code, Some(1));
    assert!(red.stdout.contains("Red: 1 of 5 tests pass. Not run: 1."), "{}", red.stdout);
    let status = workbook.tool(&["status", "--format", "json"]).json();
    let chapter = &status["chapters"][0];
    assert_eq!((&chapter["state"], &chapter["not_run"]), (&json!("red"), &json!(["one::a_server_keeps_it"])));
    assert!(workbook.tool(&["list"]).stdout.contains("red 1/5, not run 1"));

    solve(&workbook);
    let run = workbook.tool(&["run"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for said in [
        "  --   one::a_server_keeps_it (not run)\n",
        "── not run: no PostgreSQL \nInstall it.\nOr start one.\n",
        "Not run: 1 of 5 tests. The others pass.",
        "cargo workbook run sound",
    ] {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("FAIL") && !run.stdout.contains("Green"), "{}", run.stdout);

    let status = workbook.tool(&["status", "--format", "json"]).json();
    let chapter = &status["chapters"][0];
    assert_eq!((&chapter["state"], &chapter["failing"]), (&json!("not-run"), &json!([])));
    assert_eq!(chapter["missing"], "no PostgreSQL\nInstall it.\nOr start one.");
    assert_eq!(status["current"], "sound", "there is something to do in it");
    let text = workbook.tool(&["status"]).stdout;
    assert!(text.contains("sound: not run 1.\nNot run: no PostgreSQL\nInstall it.\n"), "{text}");
    assert!(workbook.tool(&["list"]).stdout.contains("> 01 sound  not run 1"));

    workbook.put(SERVER, "");
    let green = workbook.tool(&["run"]);
    assert_eq!(green.code, Some(0), "{green:?}");
    let chapter = workbook.tool(&["status", "--format", "json"]).json()["chapters"][0].clone();
    assert_eq!((&chapter["state"], &chapter["missing"]), (&json!("green"), &json!(null)));
}

#[test]
fn what_was_solved_is_not_verified_until_all_of_it_can_run() {
    let _turn = one_at_a_time();
    let workbook = Draft::with_a_test_that_needs_a_server().write();
    solve(&workbook);
    workbook.put(SERVER, "");
    assert_eq!(workbook.tool(&["run"]).code, Some(0));
    assert_eq!(workbook.tool(&["verify"]).code, Some(0));

    std::fs::remove_file(workbook.root().join(SERVER)).unwrap();
    // And the second time, when progress does not call it green any more.
    for _ in 0..2 {
        let verified = workbook.tool(&["verify", "--format", "json"]);
        assert_eq!(verified.code, Some(1), "{verified:?}");
        let answer = verified.json();
        let chapter = &answer["chapters"][0];
        assert_eq!((&answer["ok"], &chapter["outcome"]), (&json!(false), &json!("not-run")));
        assert_eq!(
            (&chapter["not_run"], &chapter["failing"]),
            (&json!(["one::a_server_keeps_it"]), &json!([]))
        );
        assert_eq!(chapter["problem"], "no PostgreSQL\nInstall it.\nOr start one.");
    }
    let text = workbook.tool(&["verify"]).stdout;
    assert!(text.contains("--   sound: not run: 1 of 5 tests; the others pass\n"), "{text}");
    assert!(text.contains("no PostgreSQL\n         Install it.\n"), "{text}");
    assert!(text.contains("0 of 1 solved chapters are green."), "{text}");

    workbook.put(SERVER, "");
    assert_eq!(workbook.tool(&["verify"]).code, Some(0));
}
