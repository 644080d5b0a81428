//! Gate 2: the reference that every wrong answer and every learner's code is measured against.

use workbook::{
    course::{Chapter, Files},
    runner::{Outcome, Report},
};

use super::{Failure, first_error, list, manifest, not_run, source};

/// What the solution's files say, before anything is built.
pub fn said_by_the_files(chapter: &Chapter, solution: &Files, exercise: &Files) -> Vec<Failure> {
    let mut failures = manifest::solution(chapter, solution);
    for (name, text) in rust(solution) {
        let file = format!("solutions/{}/{name}", chapter.folder);
        for call in ["todo", "unimplemented"] {
            for line in source::calls(&text, call) {
                failures.push(Failure::new(
                    format!("{file}:{line} calls {call}!"),
                    "write what is missing: a solution is whole",
                ));
            }
        }
        for line in source::attributes(&text, "allow") {
            failures.push(Failure::new(
                format!("{file}:{line} turns a warning off with #[allow]"),
                "mend what the compiler warns of: learners copy what they see here",
            ));
        }
        failures.extend(ignored(&file, &text));
    }
    for (name, text) in rust(exercise).filter(|(name, _)| name.starts_with("tests/")) {
        failures.extend(ignored(&format!("exercises/{}/{name}", chapter.folder), &text));
    }
    failures
}

/// What a run of the exercise's tests says.
pub fn said_by_the_tests(chapter: &Chapter, report: &Report) -> Vec<Failure> {
    let command = format!("cargo test -p {}-solution", chapter.id);
    if let Some(failure) = not_run(report) {
        return vec![failure];
    }
    match report.outcome {
        Outcome::Green | Outcome::NotRun | Outcome::Stopped => Vec::new(),
        Outcome::DoesNotCompile => vec![Failure::new(
            format!("the solution does not compile: {}", first_error(report)),
            format!("mend it; see it with: {command}"),
        )],
        Outcome::Red if report.failed().next().is_none() => {
            vec![Failure::new(
                "a ring has no test to run",
                "write one in the exercise: nothing is taught that no test holds. A kept ring that keeps nothing is left out",
            )]
        }
        Outcome::Red => vec![Failure::new(
            format!("the solution fails: {}", list(report.failed().map(|test| test.name.as_str()))),
            format!("mend the solution or the test; see it with: {command}"),
        )],
    }
}

fn rust(files: &Files) -> impl Iterator<Item = (&str, String)> {
    let is_rust = |(name, _): &(&String, &Vec<u8>)| name.ends_with(".rs");
    files
        .iter()
        .filter(is_rust)
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
}

/// The one condition under which a test may be passed over: plain `cargo test` lists it then, with the reason.
const WITHOUT_POSTGRESQL: &str = "#[cfg_attr(no_postgres, ignore = \"needs PostgreSQL";

fn ignored(file: &str, text: &str) -> Vec<Failure> {
    let lines: Vec<&str> = text.lines().collect();
    let is_ours = |line: &usize| {
        let attribute = lines.get(line - 1).copied().unwrap_or_default();
        !attribute.contains("ignore") || attribute.trim_start().starts_with(WITHOUT_POSTGRESQL)
    };
    let ignores = source::attributes(text, "ignore").into_iter();
    let conditions = source::attributes(text, "cfg_attr").into_iter().filter(|line| !is_ours(line));
    let failure = |line| {
        Failure::new(
            format!("{file}:{line} is an ignored test: plain `cargo test` passes it over"),
            format!("take the #[ignore] out; a test that needs PostgreSQL says {WITHOUT_POSTGRESQL}: …\")]"),
        )
    };
    ignores.chain(conditions).map(failure).collect()
}
