//! The two rings: the chapter's result comes first, and a kept test that fails names the chapter that taught it.

use crate::fixture::{Draft, Workbook, one_at_a_time};

/// Chapter 02 keeps a rule of chapter 01.
const KEPT: &str = "use other as desk;\n\n#[path = \"../../01-sound/tests/chapter/old.rs\"]\nmod old;\n";
const OLD: &str = "use crate::desk::double;\n\n#[test]\nfn one_doubled_is_two() {\n    assert_eq!(double(1), 2, \"the old rule\");\n}\n";
const SOLVED: &str = "pub fn double(n: i64) -> i64 {\n    2 * n\n}\n\npub fn one() -> i64 {\n    1\n}\n";
const FORGETS: &str = "pub fn double(n: i64) -> i64 {\n    if n == 1 { 3 } else { 2 * n }\n}\n\npub fn one() -> i64 {\n    1\n}\n";
const CODE: &str = "exercises/02-other/src/lib.rs";

fn workbook(kept: &str) -> Workbook {
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    draft.chapter("02-other");
    draft.put("exercises/01-sound/tests/chapter/old.rs", OLD);
    draft.replace("exercises/01-sound/tests/chapter/main.rs", "mod one;\n", "mod one;\n\nmod old;\n");
    draft.put("exercises/02-other/tests/kept.rs", kept);
    draft.replace("exercises/02-other/Cargo.toml", "from = []", "from = [\"sound\"]");
    let target = "path = \"tests/chapter/main.rs\"\n";
    let both = format!("{target}\n[[test]]\nname = \"kept\"\npath = \"tests/kept.rs\"\n");
    draft.replace("exercises/02-other/Cargo.toml", target, &both);
    draft.write()
}

/// Where these texts stand, one after the other.
#[track_caller]
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("no {part:?} after the others in:\n{text}")).1;
    }
}

#[test]
fn a_kept_test_that_fails_names_the_chapter_that_taught_its_rule() {
    let _turn = one_at_a_time();
    let workbook = workbook(KEPT);
    workbook.put(CODE, FORGETS);
    let answer = workbook.tool(&["run", "other"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert_in_order(
        &answer.stdout,
        &[
            "chapter: 4 of 4",
            "FAIL old::one_doubled_is_two",
            "── old::one_doubled_is_two",
            "taught by 01 sound (book/part-1/sound.md)",
            "the old rule",
            "kept: 0 of 1",
            "Red: 4 of 5 tests pass.",
        ],
    );
    let status = workbook.tool(&["status", "--format", "json"]).json();
    let chapter = &status["chapters"][1];
    assert_eq!(
        (&chapter["state"], &chapter["passed"], &chapter["total"]),
        (&"red".into(), &4.into(), &5.into())
    );
    assert_eq!(
        chapter["kept"],
        serde_json::json!({ "passed": 0, "total": 1, "failing": ["old::one_doubled_is_two"] })
    );

    workbook.put(CODE, SOLVED);
    let answer = workbook.tool(&["run", "other"]);
    assert_in_order(&answer.stdout, &["chapter: 4 of 4", "kept: 1 of 1", "Green: all 5 tests pass."]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
}

#[test]
fn the_result_of_the_chapter_does_not_wait_for_the_kept_ring() {
    let _turn = one_at_a_time();
    // Were both built in one go, nothing of the chapter would be shown.
    let workbook = workbook(&format!("{KEPT}\nfn broken() -> u8 {{\n    \"no number\"\n}}\n"));
    workbook.put(CODE, SOLVED);
    let answer = workbook.tool(&["run", "other"]);
    assert_in_order(&answer.stdout, &["chapter: 4 of 4", "E0308", "It does not compile."]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
}

#[test]
fn a_filter_runs_some_tests_of_both_rings_and_leaves_the_progress() {
    let _turn = one_at_a_time();
    let workbook = workbook(KEPT);
    workbook.put(CODE, SOLVED);
    let answer = workbook.tool(&["run", "other", "doubled"]);
    assert_in_order(&answer.stdout, &["chapter: 1 of 1", "kept: 1 of 1", "2 of 5 tests have \"doubled\""]);
    let state = workbook.tool(&["status", "--format", "json"]).json()["chapters"][1]["state"].clone();
    assert_eq!((answer.code, state), (Some(0), "not-started".into()));

    let none = workbook.tool(&["run", "other", "unheard_of"]);
    assert_eq!(none.code, Some(2), "{none:?}");
    assert!(none.stderr.contains("no test of other has \"unheard_of\" in its name"), "{none:?}");
}

#[test]
fn verify_takes_kept_tests_as_they_were_written() {
    let _turn = one_at_a_time();
    let workbook = workbook(KEPT);
    let git = |arguments: &[&str]| {
        std::process::Command::new("git").args(arguments).current_dir(workbook.root()).output().unwrap()
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    let old = "exercises/01-sound/tests/chapter/old.rs";
    let tampered = "#[test]\nfn one_doubled_is_two() {}\n";
    let state = || workbook.tool(&["status", "--format", "json"]).json()["chapters"][1]["state"].clone();
    workbook.put(CODE, SOLVED);
    assert_eq!(workbook.tool(&["run", "other"]).code, Some(0));

    workbook.put(old, tampered);
    assert_eq!(state(), "green-older-tests", "a file that the kept ring takes in has changed");
    let answer = workbook.tool(&["verify"]);
    assert_eq!(answer.code, Some(0), "the original is kept: {answer:?}");
    assert!(answer.stdout.contains("01-sound/tests/chapter/old.rs"), "{answer:?}");
    workbook.put(old, OLD);
    assert_eq!(state(), "green", "what was verified was this file");

    workbook.put(old, tampered);
    workbook.put(CODE, FORGETS);
    let answer = workbook.tool(&["verify"]);
    assert_eq!(answer.code, Some(1), "the original is not kept: {answer:?}");
}
