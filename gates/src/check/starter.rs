//! Gate 1: the exercise as the learner first meets it.
//!
//! A red test has to fail by itself: by an assertion of its own (or of `testkit`, or of a library that asserts), or by
//! a `todo!` that it reaches. A test that hangs, dies or finds no server says nothing about the task. Where the task
//! is to find a bug (`kind = "bug"`), a panic in the chapter's own code may be that bug.

use std::path::PathBuf;

use workbook::{
    course::{Chapter, Files, Kind, matches, rings::CHAPTER},
    runner::{Outcome, Report, TestResult, TestStatus, harness::ENDED},
};

use super::{Failure, first_error, list, manifest, not_run, source};

/// Said where the exercise looks solved.
const FOR_LEARNERS: &str = "Is this a learner's copy? `check` is for maintainers, who keep the exercises unsolved; \
     to test what you have solved, run: cargo workbook verify";

pub fn check(chapter: &Chapter, files: &Files, report: &Report) -> Vec<Failure> {
    let mut failures = said_by_the_files(chapter, files);
    if report.outcome == Outcome::DoesNotCompile {
        let problem = format!("the starter does not compile: {}", first_error(report));
        failures.push(Failure::new(
            problem,
            format!("make it compile: leave `todo!(\"what to do\")` where the learner has to write; see it with: {}", chapter.command()),
        ));
        return failures;
    }
    failures
        .extend(not_run(report).map_or_else(|| said_by_the_tests(chapter, report), |failure| vec![failure]));
    failures
}

fn said_by_the_files(chapter: &Chapter, files: &Files) -> Vec<Failure> {
    let mut failures = manifest::exercise(chapter, files);
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".rs")) {
        for line in source::silent_todos(&String::from_utf8_lossy(bytes)) {
            failures.push(Failure::new(
                format!("exercises/{}/{name}:{line} is a todo! that does not say what to do", chapter.folder),
                "say it in the words of the page: todo!(\"answer with the user, status 201\")",
            ));
        }
    }
    failures
}

fn said_by_the_tests(chapter: &Chapter, report: &Report) -> Vec<Failure> {
    let mut failures = Vec::new();
    let manifest = format!("exercises/{}/Cargo.toml", chapter.folder);
    let red = &chapter.about.red;
    if red.is_empty() {
        return vec![Failure::new(
            "`red` is empty: nothing fails at the start, so there is nothing to solve",
            format!("name the tests that fail at the start under `red` in {manifest}"),
        )];
    }
    let unknown = red.iter().filter(|name| !report.all().any(|test| matches(name, &test.name)));
    let unknown = list(unknown.map(String::as_str));
    if !unknown.is_empty() {
        failures.push(Failure::new(
            format!("`red` names tests that there are not: {unknown}"),
            format!(
                "mend the names in {manifest}, or write the tests; the tests there are: {} -- --list",
                chapter.command()
            ),
        ));
    }
    let red_and_kept = report.kept.iter().filter(|test| chapter.is_red_at_start(&test.name));
    let red_and_kept = list(red_and_kept.map(|test| test.name.as_str()));
    if !red_and_kept.is_empty() {
        failures.push(Failure::new(
            format!("`red` names tests of the kept ring: {red_and_kept}"),
            format!("what the chapter asks for stands in {CHAPTER}: let it take the file in, or take the names out of {manifest}"),
        ));
    }
    if !report.tests.is_empty() && report.outcome == Outcome::Green {
        failures.push(Failure::new(
            "the exercise is solved: every test passes, those in `red` too",
            FOR_LEARNERS,
        ));
        return failures;
    }
    let (should_fail, should_pass): (Vec<_>, Vec<_>) =
        report.all().partition(|test| chapter.is_red_at_start(&test.name));
    let names = |tests: &[&TestResult], passed: bool| {
        let which = tests.iter().filter(|test| (test.status == TestStatus::Passed) == passed);
        list(which.map(|test| test.name.as_str()))
    };
    let passes = names(&should_fail, true);
    if !passes.is_empty() {
        failures.push(Failure::new(
            format!("`red` names tests that pass: {passes}"),
            format!("take out of the starter what solves them, or take them out of `red` in {manifest}. {FOR_LEARNERS}"),
        ));
    }
    let fails = names(&should_pass, false);
    if !fails.is_empty() {
        failures.push(Failure::new(
            format!("tests fail that are not in `red`: {fails}"),
            format!("make them pass in the starter, or name them under `red` in {manifest}"),
        ));
    }
    for test in should_fail.iter().filter(|test| test.status != TestStatus::Passed) {
        if let Err(reason) = by_itself(chapter, test) {
            failures.push(Failure::new(
                format!("{} does not fail by an assertion or a todo!: {reason}", test.name),
                format!(
                    "let it fail by an assertion that says what was expected; see its output with: {} {}",
                    chapter.command(),
                    test.name
                ),
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
    let Some((place, message)) = first_panic(&test.output) else { return Ok(()) };
    let says = message.lines().next().unwrap_or_default();
    let code = format!("exercises/{}/src/", chapter.folder);
    let expected = message.starts_with("not yet implemented") || message.starts_with("assertion");
    match () {
        () if place.starts_with(&code) && (expected || chapter.about.kind == Kind::Bug) => Ok(()),
        () if place.starts_with(&code) => Err(format!("the code panics at {place}: {says}")),
        () if is_ours(&place) || asserts(&place) => Ok(()),
        () => Err(format!("it panics outside of the workbook, at {place}: {says}")),
    }
}

fn first_panic(output: &str) -> Option<(String, &str)> {
    let (_, after) = output.split_once(" panicked at ")?;
    let (place, message) = after.split_once('\n').unwrap_or((after, ""));
    Some((place.trim_end_matches(':').replace('\\', "/"), message))
}

/// A file of a member is named from the workbook's root, a file of another crate by its whole path, and one of Rust
/// itself by where it was built.
fn is_ours(place: &str) -> bool {
    !PathBuf::from(place).has_root() && !place.contains(":/") && !place.starts_with("library/")
}

/// Whether the file is of a library whose panics are assertions.
fn asserts(place: &str) -> bool {
    const LIBRARIES: [&str; 5] = ["insta-", "pretty_assertions-", "proptest-", "rstest-", "wiremock-"];
    place.split('/').any(|part| LIBRARIES.iter().any(|library| part.starts_with(library)))
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
