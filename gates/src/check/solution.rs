//! Gate 2: the reference that every wrong answer and every learner's code is measured against.

use workbook::{
    course::{Chapter, Files},
    runner::{Outcome, Report},
};

use super::{Failure, first_error, if_any, manifest, not_run, source};

/// What is wrong with a solution that can be built, given what came of a run of the exercise's tests.
pub fn check(chapter: &Chapter, solution: &Files, exercise: &Files, report: &Report) -> Vec<Failure> {
    let mut failures = manifest::solution(chapter, solution);
    for (name, text) in source::rust(solution) {
        let file = format!("solutions/{}/{name}", chapter.folder);
        let whole = "write what is missing: a solution is whole";
        let copied = "mend what the compiler warns of: learners copy what they see here";
        for (lines, problem, mend) in [
            (source::calls(&text, "todo"), "calls todo!", whole),
            (source::calls(&text, "unimplemented"), "calls unimplemented!", whole),
            (source::attributes(&text, "allow"), "turns a warning off with #[allow]", copied),
        ] {
            failures.extend(source::failures(&file, lines, problem, mend));
        }
        failures.extend(ignored(&file, &text));
    }
    for (name, text) in source::rust(exercise).filter(|(name, _)| name.starts_with("tests/")) {
        failures.extend(ignored(&format!("exercises/{}/{name}", chapter.folder), &text));
    }
    failures.extend(said_by_the_tests(chapter, report));
    failures
}

fn said_by_the_tests(chapter: &Chapter, report: &Report) -> Option<Failure> {
    let command = format!("cargo test -p {}-solution", chapter.id);
    match report.outcome {
        _ if report.missing().is_some() => not_run(report),
        Outcome::Green | Outcome::NotRun | Outcome::Stopped => None,
        Outcome::DoesNotCompile => Some(Failure::new(
            format!("the solution does not compile: {}", first_error(report)),
            format!("mend it; see it with: {command}"),
        )),
        Outcome::Red if report.failed().next().is_none() => Some(Failure::new(
            "a ring has no test to run",
            "write one in the exercise: nothing is taught that no test holds. A kept ring that keeps nothing is left out",
        )),
        Outcome::Red => if_any(
            report.failed().map(|test| &test.name),
            "the solution fails",
            format!("mend the solution or the test; see it with: {command}"),
        ),
    }
}

/// The one condition under which a test may be passed over: plain `cargo test` lists it then, with the reason.
const WITHOUT_POSTGRESQL: &str = "#[cfg_attr(no_postgres, ignore = \"needs PostgreSQL";

fn ignored(file: &str, text: &str) -> Vec<Failure> {
    let is_not_ours = |line: &usize| {
        let attribute = text.lines().nth(line - 1).unwrap_or_default();
        attribute.contains("ignore") && !attribute.trim_start().starts_with(WITHOUT_POSTGRESQL)
    };
    let mut lines = source::attributes(text, "ignore");
    lines.extend(source::attributes(text, "cfg_attr").into_iter().filter(is_not_ours));
    let mend =
        format!("take the #[ignore] out; a test that needs PostgreSQL says {WITHOUT_POSTGRESQL}: …\")]");
    source::failures(file, lines, "is an ignored test: plain `cargo test` passes it over", &mend)
}
