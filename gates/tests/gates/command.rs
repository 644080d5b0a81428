//! `check` as a command: exit codes, JSON and text, and that what is right passes.

use crate::{
    broken::BROKEN,
    fixture::{Draft, one_at_a_time},
};

#[test]
fn what_is_wrong_is_told_by_the_exit_code() {
    assert_eq!(BROKEN.code, Some(1), "{}", BROKEN.stderr);
    assert_eq!(BROKEN.json()["ok"], false);
}

#[test]
fn a_chapter_that_keeps_every_rule_has_no_failure() {
    let answer = BROKEN.json();
    let checked: Vec<_> =
        answer["checked"].as_array().unwrap().iter().filter(|one| one["chapter"] == "sound").collect();
    assert_eq!(
        checked.len(),
        10,
        "starter, solution, chain, enough answers of both kinds, four of them, page: {checked:#?}"
    );
    assert!(checked.iter().all(|one| one["ok"] == true), "{:#?}", answer["failures"]);
}

#[test]
fn nothing_is_reported_twice_or_as_the_consequence_of_something_else() {
    let answer = BROKEN.json();
    let mut seen: Vec<String> = answer["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failure| format!("{} {}", failure["gate"], failure["chapter"].as_str().unwrap_or("all")))
        .collect();
    seen.sort();
    let expected = "1 dropped, 1 eighteenth, 1 eighth, 1 fifth, 1 fourth, 1 second, 1 seventh, 1 sixteenth, 1 sixth, 1 third, 1 unheard, \
         2 eighteenth, 2 eighth, 2 fifth, 2 fourth, 2 nineteenth, 2 second, 2 seventeenth, 2 seventh, 2 silent, 2 sixteenth, 2 sixth, 2 third, \
         3 eighth, 3 fifth, 3 fourth, 3 lost, 3 second, 3 seventeenth, 3 seventh, 3 sixteenth, 3 sixth, 3 third, \
         4 apart, 4 carried, 4 copied, 4 dropped, 4 grown, 4 lost, 4 named-twice, 4 seventeenth, 4 silent, 4 tidied, 4 twentieth, 4 undecided, 4 unheard, 4 unread, \
         5 all, 5 all, 5 all, 5 eighth, 5 fifth, 5 fourth, 5 nineteenth, 5 second, 5 seventeenth, 5 seventh, 5 sixteenth, 5 sixth, 5 third, \
         6 eighth, 7 all, 8 fifth, 8 fourth, 8 second, 8 seventh, 8 third";
    assert_eq!(seen.join(", "), expected);
}

#[test]
fn a_workbook_in_order_passes_and_a_solved_exercise_is_told_what_learners_want() {
    let _turn = one_at_a_time();
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    draft.chapter("02-other");
    let workbook = draft.write();
    let lock = workbook.read("exercises.lock");

    let answer = workbook.tool(&[]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(answer.stdout.lines().last(), Some("22 passed, 0 failed"), "{answer:?}");
    assert!(
        answer.stderr.contains("ok   other: wrong answer two_files\n"),
        "a line for each check: {answer:?}"
    );

    workbook.put("exercises/02-other/src/lib.rs", &workbook.read("solutions/02-other/src/lib.rs"));
    let answer = workbook.tool(&["check", "2"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert_eq!(answer.stdout.lines().last(), Some("9 passed, 1 failed"), "of this chapter alone: {answer:?}");
    assert!(
        answer.stdout.contains("gate 1, starter") && answer.stdout.contains("cargo workbook verify"),
        "{answer:?}"
    );
    assert_eq!(workbook.tool(&["check", "sound"]).code, Some(0));

    assert_eq!(workbook.tool(&["lock"]).code, Some(0));
    let changed: Vec<_> = workbook
        .read("exercises.lock")
        .lines()
        .map(str::to_owned)
        .filter(|line| !lock.contains(line))
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].ends_with(" 02-other/src/lib.rs"), "{changed:?}");
}

#[test]
fn an_unknown_chapter_is_an_error_and_no_failure() {
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    let answer = draft.write().tool(&["check", "sond"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.stderr.contains("Did you mean \"sound\""), "{answer:?}");
}

#[test]
fn a_chapters_wrong_answers_are_tried_again_only_when_something_has_changed() {
    let _turn = one_at_a_time();
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    let workbook = draft.write();
    let before = |args: &[&str], count: usize| {
        let answer = workbook.tool(args);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        assert_eq!(answer.stderr.matches(", not tried again\n").count(), count, "{args:?}: {answer:?}");
        let said = format!("Not tried again: {count} answers");
        assert_eq!(answer.stdout.contains(&said), count > 0, "{args:?}: {answer:?}");
    };
    before(&["check", "sound"], 0);
    before(&["check", "sound"], 4);
    before(&["check"], 0);

    let json = workbook.tool(&["check", "sound", "--format", "json"]).json();
    let checked = json["checked"].as_array().unwrap();
    let before_this = checked.iter().filter(|one| one["before"] == true);
    assert_eq!(before_this.map(|one| &one["gate"]).collect::<Vec<_>>(), [8, 3, 3, 3], "{json:#?}");
    assert!(checked.iter().all(|one| one["before"].is_boolean()), "{json:#?}");

    let append = |path: &str, text: &str| workbook.put(path, &(workbook.read(path) + text));
    append("book/part-1/sound.md", "\nOne sentence more.\n");
    before(&["check", "sound"], 4);
    let answer = "solutions/01-sound/wrong-answers/a_constant.diff";
    workbook.replace(answer, "+    4", "+    2 + 2");
    before(&["check", "sound"], 3);
    workbook.replace(answer, "Caught by: rules::table", "Caught by: rules::table::case_1_nothing");
    before(&["check", "sound"], 3);
    workbook.replace(answer, "The answer is", "It is");
    before(&["check", "sound"], 4);
    append("solutions/01-sound/Cargo.toml", "# Changed.\n");
    before(&["check", "sound"], 0);
    append("exercises/01-sound/tests/chapter/rules.rs", "// Changed.\n");
    before(&["check", "sound"], 0);
    append("Cargo.toml", "# Changed.\n");
    before(&["check", "sound"], 0);
    before(&["check", "sound"], 4);
}

#[test]
fn what_is_not_caught_is_tried_each_time() {
    let _turn = one_at_a_time();
    let mut draft = Draft::new();
    let mut chapter = draft.chapter("01-sound");
    chapter.put(
        "solution/wrong-answers/right.diff",
        "It is right.\nCaught by: one::one_is_one\n\n--- a/solutions/01-sound/src/lib.rs\n+++ b/solutions/01-sound/src/lib.rs\n@@ -4 +4 @@\n-    n * 2\n+    n + n\n",
    );
    let workbook = draft.write();
    for count in [0, 4] {
        let answer = workbook.tool(&["check", "sound"]);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.stdout.contains("wrong-answers/right.diff passes every test"), "{answer:?}");
        assert_eq!(answer.stderr.matches(", not tried again\n").count(), count, "{answer:?}");
    }
}
