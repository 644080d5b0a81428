//! What came out of a run, as text. Nothing here reads or writes.

use super::style::{GREEN, RED, YELLOW, bold, dim, paint};
use crate::{
    course::Chapter,
    runner::{
        cargo::{Diagnostic, Level},
        harness::{TestResult, TestStatus},
        run::{Outcome, Report},
    },
};

/// The heading of a run.
pub fn heading(chapter: &Chapter) -> String {
    format!("{} {}", bold(&format!("{} {}", chapter.number(), chapter.id)), dim(&chapter.about.title))
}

/// One test's result, in a line.
pub fn test(result: &TestResult) -> String {
    match result.status {
        TestStatus::Passed => format!("  {} {}", paint(GREEN, "ok  "), result.name),
        TestStatus::Failed => format!("  {} {}", paint(RED, "FAIL"), result.name),
        TestStatus::TimedOut => format!("  {} {}", paint(RED, "TIME"), result.name),
        TestStatus::NotRun => format!("  {} {} (not run)", paint(YELLOW, "--  "), result.name),
    }
}

/// What is to be read after a run: of all that is wrong the first, whole; of the rest the number. With `all`,
/// everything.
pub fn report(report: &Report, all: bool) -> String {
    let mut text = String::new();
    let count = if all { usize::MAX } else { 1 };
    match report.outcome {
        Outcome::Stopped => return paint(YELLOW, "stopped") + "\n",
        Outcome::DoesNotCompile if report.errors().next().is_none() => {
            text.push_str(&(report.complaint.clone() + "\n"))
        }
        Outcome::DoesNotCompile => {}
        Outcome::Red | Outcome::NotRun => {
            for failed in report.failed().take(count) {
                text.push_str(&section(&failed.name, &message(&failed.output)));
            }
            if let Some(missing) = report.missing() {
                text.push_str(&section(&format!("not run: {}", missing.reason), &missing.mend));
            }
        }
        Outcome::Green => {
            report.diagnostics.iter().for_each(|warning| text.push_str(&diagnostic(warning)));
        }
    }
    text + "\n" + &verdict(report, all) + "\n"
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
            0 => paint(RED, "Cargo could not build it."),
            1 => paint(RED, "It does not compile.") + " The compiler's error is above.",
            n => paint(RED, "It does not compile.") + &format!(" {n} errors: begin with the first."),
        },
        Outcome::Red if report.tests.is_empty() => paint(RED, "There is no test to run."),
        Outcome::Red => {
            let (passed, total) = (report.passed(), report.tests.len());
            let (failed, not_run) = (report.failed().count(), report.not_run().count());
            let not_run = if not_run > 0 { format!(" Not run: {not_run}.") } else { String::new() };
            let more = if !all && failed > 1 { " The first failure is above." } else { "" };
            paint(RED, &format!("Red: {passed} of {total} tests pass.")) + &not_run + more
        }
        Outcome::NotRun => {
            let (not_run, total) = (report.not_run().count(), report.tests.len());
            let others = if not_run < total { " The others pass." } else { "" };
            paint(YELLOW, &format!("Not run: {not_run} of {total} tests.")) + others
        }
        Outcome::Green => paint(GREEN, &format!("Green: all {} tests pass.", report.tests.len())),
    }
}

/// A compiler error or warning as the compiler shows it.
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
        ("r", "run"),
        ("s", "solution"),
        ("x", "reset"),
        ("u", "undo"),
        ("q", "quit"),
    ];
    let (mut text, mut used) = (String::new(), 0);
    for (key, action) in next.iter().chain(&others) {
        let length = key.len() + action.len() + 3;
        if used > 0 && used + length > width {
            text.push('\n');
            used = 0;
        }
        text.push_str(&format!("{} {}  ", bold(key), dim(action)));
        used += length;
    }
    text + "\n"
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
}
