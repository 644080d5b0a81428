//! Gate 1: the exercise as the learner first meets it.
//!
//! A red test has to fail by itself: by an assertion of its own (or of `testkit`, or of a library that asserts), or by
//! a `todo!` that it reaches. A test that hangs, dies or finds no server says nothing about the task. Where the task
//! is to find a bug (`kind = "bug"`), a panic in the chapter's own code may be that bug.

use std::path::Path;

use workbook::{
    course::{Chapter, Files, Kind, matches, rings::CHAPTER},
    runner::{Outcome, Report, TestResult, TestStatus, harness::ENDED},
};

use super::{Failure, first_error, if_any, manifest, not_run, source};

/// Said where the exercise looks solved.
const FOR_LEARNERS: &str = "Is this a learner's copy? `check` is for maintainers, who keep the exercises unsolved; \
     to test what you have solved, run: cargo workbook verify";

pub fn check(chapter: &Chapter, files: &Files, report: &Report) -> Vec<Failure> {
    let mut failures = manifest::exercise(chapter, files);
    for (name, text) in source::rust(files) {
        failures.extend(source::failures(
            &format!("exercises/{}/{name}", chapter.folder),
            source::silent_todos(&text),
            "is a todo! that does not say what to do",
            "say it in the words of the page: todo!(\"answer with the user, status 201\")",
        ));
    }
    if report.outcome == Outcome::DoesNotCompile {
        failures.push(Failure::new(
            format!("the starter does not compile: {}", first_error(report)),
            format!("make it compile: leave `todo!(\"what to do\")` where the learner has to write; see it with: {}", chapter.command()),
        ));
    } else if let Some(failure) = not_run(report) {
        failures.push(failure);
    } else {
        failures.extend(said_by_the_tests(chapter, report));
    }
    failures
}

fn said_by_the_tests(chapter: &Chapter, report: &Report) -> Vec<Failure> {
    let (manifest, command) = (format!("exercises/{}/Cargo.toml", chapter.folder), chapter.command());
    let red = &chapter.about.red;
    if red.is_empty() {
        return vec![Failure::new(
            "`red` is empty: nothing fails at the start, so there is nothing to solve",
            format!("name the tests that fail at the start under `red` in {manifest}"),
        )];
    }
    let mut failures = Vec::new();
    failures.extend(if_any(
        red.iter().filter(|name| !report.all().any(|test| matches(name, &test.name))),
        "`red` names tests that there are not",
        format!("mend the names in {manifest}, or write the tests; the tests there are: {command} -- --list"),
    ));
    failures.extend(if_any(
        report.kept.iter().map(|test| &test.name).filter(|name| chapter.is_red_at_start(name)),
        "`red` names tests of the kept ring",
        format!("what the chapter asks for stands in {CHAPTER}: let it take the file in, or take the names out of {manifest}"),
    ));
    if !report.tests.is_empty() && report.outcome == Outcome::Green {
        failures.push(Failure::new(
            "the exercise is solved: every test passes, those in `red` too",
            FOR_LEARNERS,
        ));
        return failures;
    }
    let which = |is_red: bool, passed: bool| {
        report.all().filter(move |test| {
            chapter.is_red_at_start(&test.name) == is_red && (test.status == TestStatus::Passed) == passed
        })
    };
    failures.extend(if_any(
        which(true, true).map(|test| &test.name),
        "`red` names tests that pass",
        format!("take out of the starter what solves them, or take them out of `red` in {manifest}. {FOR_LEARNERS}"),
    ));
    failures.extend(if_any(
        which(false, false).map(|test| &test.name),
        "tests fail that are not in `red`",
        format!("make them pass in the starter, or name them under `red` in {manifest}"),
    ));
    for test in which(true, false) {
        let name = &test.name;
        if let Err(reason) = by_itself(chapter, test) {
            failures.push(Failure::new(
                format!("{name} does not fail by an assertion or a todo!: {reason}"),
                format!("let it fail by an assertion that says what was expected; see its output with: {command} {name}"),
            ));
        }
    }
    failures
}

/// Whether a test failed as a test should, or how else.
fn by_itself(chapter: &Chapter, test: &TestResult) -> Result<(), String> {
    if test.status == TestStatus::TimedOut {
        return Err("it was still running when its time was up".into());
    }
    if let Some(line) = test.output.lines().rev().find(|line| line.starts_with(ENDED)) {
        return Err(line.to_owned());
    }
    let wanted = test.output.to_lowercase();
    const NO_SERVER: [&str; 5] =
        ["connectionrefused", "connection refused", "pooltimedout", "pool timed out", "could not connect"];
    if NO_SERVER.iter().any(|sign| wanted.contains(sign)) {
        return Err("it wants a server that is not there".into());
    }
    // A test that returns an error prints no panic, and has said what was wrong in its own words.
    let Some((_, panic)) = test.output.split_once(" panicked at ") else { return Ok(()) };
    let (place, message) = panic.split_once('\n').unwrap_or((panic, ""));
    let place = place.trim_end_matches(':').replace('\\', "/");
    let says = message.lines().next().unwrap_or_default();
    if place.starts_with(&format!("exercises/{}/src/", chapter.folder)) {
        let expected = message.starts_with("not yet implemented") || message.starts_with("assertion");
        return match expected || chapter.about.kind == Kind::Bug {
            true => Ok(()),
            false => Err(format!("the code panics at {place}: {says}")),
        };
    }
    // A file of a member is named from the workbook's root, a file of another crate by its whole path, and one of Rust
    // itself by where it was built.
    let is_ours = !Path::new(&place).has_root() && !place.contains(":/") && !place.starts_with("library/");
    const ASSERTING: [&str; 5] = ["insta-", "pretty_assertions-", "proptest-", "rstest-", "wiremock-"];
    let asserts = place.split('/').any(|part| ASSERTING.iter().any(|library| part.starts_with(library)));
    match is_ours || asserts {
        true => Ok(()),
        false => Err(format!("it panics outside of the workbook, at {place}: {says}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(kind: Kind) -> Chapter {
        let text = r#"
            [package]
            name = "money"
            [package.metadata.workbook]
            title = "Money"
            page = "money.md"
            minutes = 1
            kind = "fill"
            engine = "none"
            from = []
            edit = []
            given = []
            red = ["a"]
        "#;
        let mut chapter = Chapter::parse("/w".as_ref(), "09-money", text).unwrap();
        chapter.about.kind = kind;
        chapter
    }

    fn fails(kind: Kind, output: &str) -> Result<(), String> {
        let test =
            TestResult { name: "a".into(), status: TestStatus::Failed, output: output.into(), slow: false };
        by_itself(&chapter(kind), &test)
    }

    #[test]
    fn an_assertion_a_todo_and_an_error_of_the_test_are_its_own() {
        for output in [
            "thread 'a' (1) panicked at exercises/09-money/src/lib.rs:8:5:\nnot yet implemented: do it",
            "thread 'a' (1) panicked at exercises/09-money/tests/api.rs:8:5:\nassertion `left == right` failed",
            "thread 'a' (1) panicked at testkit/src/lib.rs:8:5:\nthe body should be JSON",
            "thread 'a' (1) panicked at /home/u/.cargo/registry/src/x/insta-1.49.0/src/runtime.rs:8:5:\nsnapshot assertion failed",
            "thread 'a' (1) panicked at exercises\\09-money\\src\\lib.rs:8:5:\nnot yet implemented: do it",
            "Error: NotFound",
        ] {
            assert_eq!(fails(Kind::Fill, output), Ok(()), "{output}");
        }
    }

    #[test]
    fn what_says_nothing_about_the_task_is_told_apart() {
        for (output, reason) in [
            (
                "thread 'main' has overflowed its stack\nthe test's process ended with signal: 6 (SIGABRT): a stack …",
                "signal: 6",
            ),
            (
                "thread 'a' (1) panicked at exercises/09-money/tests/api.rs:8:5:\ncalled `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused }",
                "server",
            ),
            (
                "thread 'a' (1) panicked at /home/u/.cargo/registry/src/x/sqlx-0.9.0/src/pool.rs:8:5:\nno",
                "outside of the workbook",
            ),
            ("thread 'a' (1) panicked at library/core/src/option.rs:8:5:\nno", "outside of the workbook"),
        ] {
            let said = fails(Kind::Fill, output).unwrap_err();
            assert!(said.contains(reason), "{said}");
        }
    }

    #[test]
    fn a_test_that_hangs_does_not_fail_by_itself() {
        let output =
            "thread 'a' (1) panicked at exercises/09-money/tests/api.rs:8:5:\nassertion failed".into();
        let test = TestResult { name: "a".into(), status: TestStatus::TimedOut, output, slow: true };
        assert!(by_itself(&chapter(Kind::Bug), &test).unwrap_err().contains("its time was up"));
    }

    #[test]
    fn a_panic_of_the_code_is_what_to_find_in_a_bug_chapter_alone() {
        let overflow =
            "thread 'a' (1) panicked at exercises/09-money/src/lib.rs:8:5:\nattempt to add with overflow";
        assert_eq!(fails(Kind::Bug, overflow), Ok(()));
        assert!(fails(Kind::Fill, overflow).unwrap_err().contains("attempt to add with overflow"));
    }
}
