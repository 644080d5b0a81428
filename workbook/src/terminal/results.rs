//! What came out of a run, as text. Nothing here reads or writes.

use std::collections::BTreeMap;

use super::style::{bad, bold, dim, good, note};
use crate::{
    course::Chapter,
    runner::{
        Diagnostic, Level, Outcome, Report, TestResult, TestStatus,
        run::{Taught, passed},
    },
};

pub fn heading(chapter: &Chapter) -> String {
    format!("{} {}", bold(&format!("{} {}", chapter.number(), chapter.id)), dim(&chapter.about.title))
}

pub fn test(result: &TestResult) -> String {
    match result.status {
        TestStatus::Passed => format!("  {} {}", good("ok  "), result.name),
        TestStatus::Failed => format!("  {} {}", bad("FAIL"), result.name),
        TestStatus::TimedOut => format!("  {} {}", bad("TIME"), result.name),
        TestStatus::NotRun => format!("  {} {} (not run)", note("--  "), result.name),
    }
}

/// What is to be read once the chapter's ring has been run: of all that failed the first, whole, with `all` everything; and
/// how many tests of each module passed.
pub fn chapter(report: &Report, all: bool, width: usize) -> String {
    let failures = failures(&report.tests, all, &BTreeMap::new());
    failures + "\n" + &by_module(&report.tests, width) + &counts("chapter", &report.tests)
}

/// The first of these tests that failed, whole, with the chapter that taught it; with `all` every one.
fn failures(tests: &[TestResult], all: bool, taught: &BTreeMap<String, Taught>) -> String {
    let failed = tests.iter().filter(|test| test.has_failed()).take(if all { usize::MAX } else { 1 });
    let teacher = |test: &TestResult| match taught.get(&test.name) {
        Some(Taught { number, id, page, .. }) => format!("taught by {number} {id} (book/{page})\n"),
        None => String::new(),
    };
    failed.map(|test| section(&test.name, &(teacher(test) + &message(&test.output)))).collect()
}

/// What is to be read at the end, below the chapter's part: what the kept ring says, and how it went in all.
pub fn report(report: &Report, all: bool) -> String {
    let mut text = match report.outcome {
        Outcome::Stopped => return note("stopped") + "\n",
        Outcome::DoesNotCompile if report.errors().next().is_none() => report.complaint.clone() + "\n",
        Outcome::DoesNotCompile if !report.tests.is_empty() => {
            "  The tests of earlier chapters do not compile with it.\n".to_owned()
        }
        Outcome::DoesNotCompile | Outcome::Red => String::new(),
        Outcome::NotRun | Outcome::Green => report.diagnostics.iter().map(diagnostic).collect(),
    };
    text += &failures(&report.kept, all, &report.taught);
    text += &counts("kept", &report.kept);
    if let Some(missing) = report.missing() {
        text.push_str(&section(&format!("not run: {}", missing.reason), &missing.mend));
    }
    text + "\n" + &verdict(report, all) + "\n"
}

/// `kept: 347 of 347`, red where a test failed, yellow where one could not run.
fn counts(ring: &str, tests: &[TestResult]) -> String {
    if tests.is_empty() {
        return String::new();
    }
    let (passed, total) = (passed(tests), tests.len());
    let style = match () {
        () if tests.iter().any(TestResult::has_failed) => bad,
        () if passed < total => note,
        () => good,
    };
    format!("  {}\n", style(&format!("{ring}: {passed} of {total}")))
}

/// `contract 23/25  rows 12/12`, in lines of at most `width` columns.
fn by_module(tests: &[TestResult], width: usize) -> String {
    let mut modules: Vec<(&str, usize, usize)> = Vec::new();
    for test in tests {
        let name = test.name.split("::").next().unwrap_or_default();
        let at = modules.iter().position(|(module, ..)| *module == name).unwrap_or_else(|| {
            modules.push((name, 0, 0));
            modules.len() - 1
        });
        modules[at].1 += usize::from(test.status == TestStatus::Passed);
        modules[at].2 += 1;
    }
    let counts = modules.into_iter().map(|(module, passed, total)| {
        let counts = format!("{module} {passed}/{total}");
        (counts.len() + 2, format!("  {}", if passed == total { dim(&counts) } else { bad(&counts) }))
    });
    let text = wrapped(counts, width);
    if text.is_empty() { text } else { text + "\n" }
}

/// These parts, each with how many columns it takes, in lines of at most `width` columns.
fn wrapped(parts: impl Iterator<Item = (usize, String)>, width: usize) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for (columns, part) in parts {
        if used > 0 && used + columns > width {
            text.push('\n');
            used = 0;
        }
        used += columns;
        text += &part;
    }
    text
}

fn section(title: &str, text: &str) -> String {
    format!("\n{}\n{text}\n", bold(&format!("── {title} ")))
}

/// A test's output without the thread's name and number in front of a panic, and without the advice on backtraces: the
/// test is named above it, and it runs without them.
pub fn message(output: &str) -> String {
    let short =
        |line: &str| match line.strip_prefix("thread '").and_then(|rest| rest.split_once(" panicked at ")) {
            Some((_, place)) => format!("panicked at {place}"),
            None => line.to_owned(),
        };
    let lines = output.lines().filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE"));
    lines.map(short).collect::<Vec<_>>().join("\n")
}

fn verdict(report: &Report, all: bool) -> String {
    match report.outcome {
        Outcome::Stopped => String::new(),
        Outcome::DoesNotCompile => match report.errors().count() {
            0 => bad("Cargo could not build it."),
            1 => bad("It does not compile.") + " The compiler's error is above.",
            n => bad("It does not compile.") + &format!(" {n} errors: begin with the first."),
        },
        Outcome::Red if report.total() == 0 => bad("There is no test to run."),
        Outcome::Red => {
            let (passed, total) = (report.passed(), report.total());
            let (failed, not_run) = (report.failed().count(), report.not_run().count());
            let not_run = if not_run > 0 { format!(" Not run: {not_run}.") } else { String::new() };
            let more = if !all && failed > 1 { " The first failure is above." } else { "" };
            bad(&format!("Red: {passed} of {total} tests pass.")) + &not_run + more
        }
        Outcome::NotRun => {
            let (not_run, total) = (report.not_run().count(), report.total());
            let others = if not_run < total { " The others pass." } else { "" };
            note(&format!("Not run: {not_run} of {total} tests.")) + others
        }
        Outcome::Green => good(&format!("Green: all {} tests pass.", report.total())),
    }
}

pub fn diagnostic(diagnostic: &Diagnostic) -> String {
    let end = if diagnostic.level == Level::Error { "\n" } else { "" };
    format!("{}{end}", diagnostic.rendered)
}

/// What the keys do after a run, in lines of at most `width` columns.
pub fn keys(report: &Report, width: usize) -> String {
    let next = match report.outcome {
        Outcome::Green => &[("n", "next")][..],
        Outcome::Red if report.failed().count() > 1 => &[("a", "all failures")],
        _ => &[],
    };
    let others = [
        ("h", "hint"),
        ("l", "list"),
        ("g", "go to"),
        ("o", "open"),
        ("r", "run"),
        ("s", "solution"),
        ("x", "reset"),
        ("u", "undo"),
        ("q", "quit"),
    ];
    let key = |(key, action): &(&str, &str)| {
        (key.len() + action.len() + 3, format!("{} {}  ", bold(key), dim(action)))
    };
    wrapped(next.iter().chain(&others).map(key), width) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_shown_without_its_thread() {
        let output = "thread 'a::case_1' (967) panicked at exercises/x/src/lib.rs:8:5:\nnot yet implemented: do it\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        assert_eq!(message(output), "panicked at exercises/x/src/lib.rs:8:5:\nnot yet implemented: do it");
        assert_eq!(message("plain\nlines"), "plain\nlines");
    }

    fn result(name: &str, status: TestStatus) -> TestResult {
        TestResult { name: name.into(), status, output: String::new(), slow: false }
    }

    #[test]
    fn the_counts_stand_by_module_in_the_order_of_the_tests_and_fit_the_width() {
        use TestStatus::{Failed, Passed};
        let tests = [
            result("users::a", Passed),
            result("users::b::case_1", Failed),
            result("contract::orders::c", Passed),
            result("contract::users::d", Passed),
        ];
        let plain = |width| anstream::adapter::strip_str(&by_module(&tests, width)).to_string();
        assert_eq!(plain(80), "  users 1/2  contract 2/2\n");
        assert_eq!(plain(20), "  users 1/2\n  contract 2/2\n");
        assert_eq!(by_module(&[], 80), "");
    }
}
