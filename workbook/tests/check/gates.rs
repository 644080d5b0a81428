//! `check`: what is right passes, and each thing that is wrong is reported once, with its mend.

use std::sync::LazyLock;

use serde_json::Value;

use crate::{
    broken::broken,
    fixture::{Answer, Draft, one_at_a_time},
};

/// One check of one workbook in which every rule is broken, each in a chapter and a gate of its own: building it once
/// is what makes these tests quick.
static BROKEN: LazyLock<Answer> = LazyLock::new(|| {
    let _turn = one_at_a_time();
    let workbook = broken();
    // The lock is older than this, and the page of the chapter does not show it.
    workbook.replace("exercises/01-sound/hints.md", "Read the page.", "Read the page again.");
    workbook.tool(&["check", "--format", "json"])
});

/// The failures of a chapter (`""`: of the whole workbook) in a gate.
fn failures(chapter: &str, gate: u64) -> Vec<(String, String)> {
    let answer = BROKEN.json();
    let is_asked =
        |failure: &&Value| failure["chapter"].as_str().unwrap_or("") == chapter && failure["gate"] == gate;
    let text = |failure: &Value, key: &str| failure[key].as_str().unwrap().to_owned();
    let all = answer["failures"].as_array().unwrap();
    all.iter().filter(is_asked).map(|failure| (text(failure, "problem"), text(failure, "mend"))).collect()
}

/// There is exactly one, and it says this.
#[track_caller]
fn one(chapter: &str, gate: u64, problem: &str, mend: &str) {
    let found = failures(chapter, gate);
    assert_eq!(found.len(), 1, "{chapter}, gate {gate}: {found:#?}");
    assert!(found[0].0.contains(problem), "{found:#?} does not say {problem:?}");
    assert!(found[0].1.contains(mend), "{found:#?} does not say {mend:?}");
}

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
        7,
        "starter, solution, enough wrong answers, three of them, page: {checked:#?}"
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
    let expected = "1 eighteenth, 1 eighth, 1 fifth, 1 fourth, 1 second, 1 seventeenth, 1 seventh, 1 sixteenth, 1 sixth, 1 third, \
         2 eighteenth, 2 eighth, 2 fifth, 2 fourth, 2 nineteenth, 2 second, 2 seventeenth, 2 seventh, 2 sixteenth, 2 sixth, 2 third, \
         3 eighth, 3 fifth, 3 fourth, 3 second, 3 seventh, 3 sixth, 3 third, \
         5 all, 5 all, 5 eighth, 5 fifth, 5 fourth, 5 second, 5 seventeenth, 5 seventh, 5 sixteenth, 5 sixth, 5 third, \
         6 eighth, 7 all";
    assert_eq!(seen.join(", "), expected);
}

#[test]
fn a_starter_without_warnings() {
    one(
        "second",
        1,
        "exercises/02-second/src/lib.rs:8:9: unused variable",
        "cargo clippy --all-targets -p second",
    );
}

#[test]
fn a_starter_that_compiles() {
    one("third", 1, "exercises/03-third/src/lib.rs:8:5: mismatched types", "todo!(\"what to do\")");
}

#[test]
fn a_test_fails_only_when_red_names_it() {
    one("fourth", 1, "tests fail that are not in `red`: one_is_one", "exercises/04-fourth/Cargo.toml");
}

#[test]
fn a_test_that_red_names_fails() {
    one("fifth", 1, "`red` names tests that pass: one_is_one", "take them out of `red`");
}

#[test]
fn a_name_in_red_is_a_test() {
    one("sixth", 1, "tests that there are not: three_doubled_is_six", "exercises/06-sixth/Cargo.toml");
}

#[test]
fn a_test_fails_by_itself_and_does_not_die() {
    one(
        "seventh",
        1,
        "two_doubled_is_four does not fail by an assertion",
        "cargo test -p seventh two_doubled_is_four",
    );
}

#[test]
fn a_todo_says_what_to_do() {
    one("eighth", 1, "exercises/08-eighth/src/lib.rs:13 is a todo!", "in the words of the page");
}

#[test]
fn a_library_has_no_tests_of_its_own() {
    one("sixteenth", 1, "does not say `doctest = false`", "under [lib]");
}

#[test]
fn a_file_in_the_manifest_exists() {
    one("seventeenth", 1, "`given` names src/nowhere.rs", "write the file");
}

#[test]
fn a_chapter_begins_red() {
    one("eighteenth", 1, "`red` is empty", "exercises/18-eighteenth/Cargo.toml");
}

#[test]
fn a_solution_without_what_clippy_warns_of() {
    one(
        "second",
        2,
        "solutions/02-second/src/lib.rs:5:5: returning the result of a `let` binding",
        "-p second-solution",
    );
}

#[test]
fn a_solution_without_a_todo() {
    one("third", 2, "solutions/03-third/src/lib.rs:15 calls todo!", "a solution is whole");
}

#[test]
fn a_solution_that_turns_no_warning_off() {
    one(
        "fourth",
        2,
        "solutions/04-fourth/src/lib.rs:13 turns a warning off",
        "mend what the compiler warns of",
    );
}

#[test]
fn a_solution_that_is_formatted() {
    one("fifth", 2, "not formatted: src/lib.rs", "cargo fmt -p fifth-solution");
}

#[test]
fn a_solution_that_passes() {
    one(
        "sixth",
        2,
        "the solution fails: two_doubled_is_four, table::case_2_negative",
        "cargo test -p sixth-solution",
    );
}

#[test]
fn a_solution_runs_every_test_of_the_exercise() {
    one(
        "seventh",
        2,
        "does not run the exercise's tests/more.rs",
        "../../exercises/07-seventh/tests/more.rs",
    );
}

#[test]
fn no_test_is_ignored() {
    one("eighth", 2, "exercises/08-eighth/tests/rules.rs:23 is an ignored test", "take the #[ignore] out");
}

#[test]
fn a_solution_has_no_tests_of_its_own() {
    one("sixteenth", 2, "solutions/16-sixteenth/tests/own.rs", "move it to exercises/16-sixteenth/tests");
}

#[test]
fn a_solution_is_named_after_its_exercise() {
    one("seventeenth", 2, "is \"seventeenth-reference\"", "name it \"seventeenth-solution\"");
    one("nineteenth", 2, "is not \"nineteenth\"", "name = \"nineteenth\"");
}

#[test]
fn a_solution_exists() {
    one("eighteenth", 2, "there is no solutions/18-eighteenth", "write it");
}

#[test]
fn three_wrong_answers_are_the_least() {
    one("second", 3, "second has 2 wrong answers", "solutions/02-second/wrong-answers/NAME.rs");
}

#[test]
fn a_wrong_answer_that_nothing_catches_is_a_hole_in_the_exercise() {
    one("third", 3, "a_constant passes every test", "the exercise has a hole");
}

#[test]
fn a_wrong_answer_is_caught_by_the_test_that_it_names() {
    one(
        "fourth",
        3,
        "is not caught by one_is_one, but by: table::case_1_nothing, table::case_2_negative",
        "its first line",
    );
}

#[test]
fn every_test_that_a_wrong_answer_names_exists() {
    one(
        "fifth",
        3,
        "a_constant names tables, and there is no such test",
        "What catches it: table::case_1_nothing",
    );
}

#[test]
fn a_wrong_answer_names_a_test() {
    one("sixth", 3, "wrong-answers/a_constant does not say", "// Caught by: a_test");
}

#[test]
fn a_wrong_answer_compiles() {
    one(
        "seventh",
        3,
        "a_constant does not compile: src/lib.rs:3:5: mismatched types",
        "only a test shall catch it",
    );
}

#[test]
fn a_wrong_answer_says_which_file_it_stands_for() {
    one("eighth", 3, "a_constant.rs does not say which file", "// Replaces: src/lib.rs");
}

#[test]
fn quoted_output_was_really_printed() {
    one(
        "second",
        5,
        "book/part-1/second.md:17 is not what two_doubled_is_four prints",
        "copy that to the page",
    );
    assert!(
        failures("second", 5)[0].0.contains("not yet implemented: return twice 2"),
        "it shows what is printed"
    );
}

#[test]
fn a_page_is_in_the_summary() {
    one("third", 5, "book/SUMMARY.md does not name part-1/third.md", "- [Twice third](part-1/third.md)");
}

#[test]
fn a_page_says_how_to_run_the_exercise() {
    one("fourth", 5, "does not say how to run", "cargo test -p fourth");
}

#[test]
fn a_hint_is_tied_to_something() {
    one("fifth", 5, "neither a test of the chapter nor an error code: tables", "`## …` headings");
}

#[test]
fn a_chapter_has_hints() {
    one("sixth", 5, "exercises/06-sixth/hints.md is no list of hints", "## In general");
}

#[test]
fn a_chapter_has_its_page() {
    one("seventh", 5, "book/part-1/seventh.md cannot be read", "write it");
}

#[test]
fn rust_on_a_page_comes_from_a_crate() {
    one(
        "eighth",
        5,
        "book/part-1/eighth.md:4: Rust in the text comes from a compiled crate",
        "run the check again",
    );
}

#[test]
fn a_transcript_is_what_the_service_answers() {
    one(
        "sixteenth",
        5,
        "book/part-1/sixteenth.md:37 shows what the service does not answer",
        "copy that to the page",
    );
    let answer = &failures("sixteenth", 5)[0].0;
    assert!(
        answer.contains("solved 2 known 11111111-1111-7111-8111-111111111111"),
        "in the words of the page: {answer}"
    );
}

#[test]
fn a_transcript_needs_no_shell() {
    one("seventeenth", 5, "it has a |, which only a shell understands", "one plain curl command");
}

#[test]
fn a_page_with_an_exercise_has_its_chapter_and_every_link_leads_somewhere() {
    let found = failures("", 5);
    assert!(
        found[0].0.contains("book/part-1/orphan.md has an exercise") && found[0].1.contains("page = "),
        "{found:#?}"
    );
    assert!(found[1].0.contains("missing.") && found[1].1.contains("mend the link"), "{found:#?}");
}

#[test]
fn the_domain_depends_on_no_framework_by_any_way() {
    one(
        "eighth",
        6,
        "eighth-solution → helper → tokio",
        "take helper out of [dependencies] in solutions/08-eighth/Cargo.toml",
    );
}

#[test]
fn the_lock_knows_the_exercises() {
    one(
        "",
        7,
        "exercises.lock is older than: exercises/01-sound/hints.md",
        "cargo workbook check --write-lock",
    );
}

#[test]
fn a_workbook_in_order_passes_and_a_solved_exercise_is_told_what_learners_want() {
    let _turn = one_at_a_time();
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    draft.chapter("02-other");
    let workbook = draft.write();
    let lock = workbook.read("exercises.lock");

    let answer = workbook.tool(&["check"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(answer.stdout.lines().last(), Some("16 passed, 0 failed"), "{answer:?}");
    assert!(
        answer.stderr.contains("ok   other: wrong answer two_files\n"),
        "a line for each check: {answer:?}"
    );

    workbook.put("exercises/02-other/src/lib.rs", &workbook.read("solutions/02-other/src/lib.rs"));
    let answer = workbook.tool(&["check", "2"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert_eq!(answer.stdout.lines().last(), Some("6 passed, 1 failed"), "of this chapter alone: {answer:?}");
    assert!(
        answer.stdout.contains("gate 1, starter") && answer.stdout.contains("cargo workbook verify"),
        "{answer:?}"
    );
    assert_eq!(workbook.tool(&["check", "sound"]).code, Some(0));

    workbook.tool(&["check", "--write-lock"]);
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
