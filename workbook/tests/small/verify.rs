//! `verify`: what was solved, against the tests as they were written.

use serde_json::Value;

use crate::fixture::{Answer, Draft, Workbook, one_at_a_time};

fn without_git(chapters: &[&str]) -> Workbook {
    let mut draft = Draft::new();
    for folder in chapters {
        draft.chapter(folder);
    }
    draft.write()
}

fn workbook(chapters: &[&str]) -> Workbook {
    let workbook = without_git(chapters);
    let git = |arguments: &[&str]| {
        let status =
            std::process::Command::new("git").args(arguments).current_dir(workbook.root()).output().unwrap();
        assert!(status.status.success(), "{status:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    workbook
}

fn solve(workbook: &Workbook, folder: &str) {
    let solution = workbook.read(&format!("solutions/{folder}/src/lib.rs"));
    workbook.put(&format!("exercises/{folder}/src/lib.rs"), &solution);
}

fn chapters(answer: &Answer) -> Vec<Value> {
    answer.json()["chapters"].as_array().unwrap().clone()
}

#[test]
fn nothing_solved_is_nothing_to_verify() {
    let workbook = workbook(&["01-sound"]);
    let answer = workbook.tool(&["verify"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.stdout.contains("Nothing is solved yet"), "{answer:?}");
}

#[test]
fn a_lost_progress_is_found_again_and_where_the_learner_is_stays() {
    let _turn = one_at_a_time();
    let workbook = workbook(&["01-sound", "02-other", "03-later"]);
    solve(&workbook, "01-sound");
    solve(&workbook, "02-other");
    assert_eq!(workbook.tool(&["verify"]).code, Some(0));
    let status = workbook.tool(&["status", "--format", "json"]).json();
    let states: Vec<_> =
        status["chapters"].as_array().unwrap().iter().map(|chapter| chapter["state"].clone()).collect();
    assert_eq!(states, ["green", "green", "not-started"]);
    assert_eq!(status["current"], "later");

    workbook.tool(&["run", "later"]);
    assert_eq!(workbook.tool(&["verify"]).code, Some(0), "what is red was not solved");
    assert!(workbook.read(".workbook/progress.toml").contains("current = \"later\""));

    workbook.replace("exercises/01-sound/src/lib.rs", "n * 2", "n * 3");
    let answer = workbook.tool(&["verify", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert_eq!(answer.json()["ok"], false);
    let chapters = chapters(&answer);
    assert_eq!((&chapters[0]["outcome"], &chapters[1]["outcome"]), (&"red".into(), &"green".into()));
    assert_eq!(
        chapters[0]["failing"],
        serde_json::json!(["rules::two_doubled_is_four", "rules::table::case_2_negative"])
    );
}

#[test]
fn a_changed_test_is_found_and_the_original_is_run_without_a_touch_of_the_learners_files() {
    let _turn = one_at_a_time();
    let workbook = workbook(&["01-sound"]);
    let (code, tests) = ("exercises/01-sound/src/lib.rs", "exercises/01-sound/tests/chapter/rules.rs");
    solve(&workbook, "01-sound");
    workbook.replace(code, "n * 2", "n + 2");
    workbook.replace(tests, "assert_eq!(double(0), 0)", "assert_eq!(double(0), 2)");
    workbook.replace(tests, "-6", "-1");
    assert_eq!(workbook.tool(&["run", "1"]).code, Some(0), "it is green against the changed tests");
    let before = (workbook.read(code), workbook.read(tests));

    // Twice, with a run of the changed tests between: neither build takes the other's output for its own.
    for _ in 0..2 {
        let answer = workbook.tool(&["verify"]);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        for part in [
            "2 of 4 tests pass",
            "FAIL rules::table::case_1_nothing",
            "changed: tests/chapter/rules.rs",
            "git checkout -- exercises/01-sound/tests\n",
        ] {
            assert!(answer.stdout.contains(part), "{part:?} in {answer:?}");
        }
        assert!(!answer.stdout.contains("workbook reset"), "a reset would take the code along: {answer:?}");
        assert_eq!((workbook.read(code), workbook.read(tests)), before);
        assert_eq!(workbook.tool(&["run", "1"]).code, Some(0));
    }

    workbook.replace(code, "n + 2", "n * 2");
    let answer = workbook.tool(&["verify", "--format", "json"]);
    assert_eq!(answer.code, Some(0), "right code is right, whatever its tests say: {answer:?}");
    assert_eq!(chapters(&answer)[0]["changed_tests"], serde_json::json!(["tests/chapter/rules.rs"]));
}

#[test]
fn tests_that_were_taken_out_of_the_manifest_are_run_all_the_same() {
    let _turn = one_at_a_time();
    let workbook = workbook(&["01-sound"]);
    workbook.replace(
        "exercises/01-sound/Cargo.toml",
        "path = \"tests/chapter/main.rs\"",
        "path = \"tests/mine.rs\"",
    );
    workbook.put("exercises/01-sound/tests/mine.rs", "#[test]\nfn mine() {}\n");
    let manifest = workbook.read("exercises/01-sound/Cargo.toml");
    let answer = workbook.tool(&["verify", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    let chapter = &chapters(&answer)[0];
    assert_eq!((&chapter["passed"], &chapter["total"]), (&1.into(), &4.into()));
    let mend = chapter["mend"].as_str().unwrap();
    assert_eq!(mend, "git checkout -- exercises/01-sound/Cargo.toml");
    assert_eq!(workbook.read("exercises/01-sound/Cargo.toml"), manifest);
}

#[test]
fn originals_that_are_found_nowhere_are_told_and_the_other_chapters_run() {
    let _turn = one_at_a_time();
    let workbook = without_git(&["01-sound", "02-other"]);
    workbook.replace("exercises/01-sound/tests/chapter/rules.rs", "-6", "-1");
    solve(&workbook, "02-other");
    let answer = workbook.tool(&["verify", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    let chapters = chapters(&answer);
    assert_eq!(chapters[0]["outcome"], Value::Null);
    assert!(
        chapters[0]["problem"].as_str().unwrap().contains("tests/chapter/rules.rs is not found"),
        "{answer:?}"
    );
    assert_eq!(chapters[1]["outcome"], "green");
}
