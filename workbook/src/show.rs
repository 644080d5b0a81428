//! What the terminal shows, as text. Nothing here reads or writes; colours are ANSI codes that the stream leaves out
//! where they are not wanted.

use anstyle::{AnsiColor, Style};

use crate::{
    cargo::{Diagnostic, Level},
    course::Chapter,
    harness::{Status as TestStatus, TestResult},
    hints::Next,
    progress::State,
    run::{Outcome, Report},
    solution::FileDiff,
    status::{ChapterStatus, Status},
};

const GREEN: Style = AnsiColor::Green.on_default().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` in bold.
pub fn bold(text: &str) -> String {
    paint(BOLD, text)
}

/// `text` as something that is well.
pub fn good(text: &str) -> String {
    paint(GREEN, text)
}

/// `text` as something to know.
pub fn note(text: &str) -> String {
    paint(YELLOW, text)
}

/// `text` as something to mend.
pub fn bad(text: &str) -> String {
    paint(RED, text)
}

/// What an error begins with.
pub fn error_word() -> String {
    paint(RED, "error:")
}

/// `text` in the background.
pub fn dim(text: &str) -> String {
    paint(DIM, text)
}

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

/// Every chapter with its state; no line longer than `width`.
pub fn list(status: &Status, width: usize) -> String {
    let ids = status.chapters.iter().map(|chapter| chapter.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for chapter in &status.chapters {
        let here = if status.current.as_ref() == Some(&chapter.id) { "> " } else { "  " };
        let fixed = format!("{here}{} {:ids$}  ", chapter.number, chapter.id);
        let words = chapter.words();
        let mut line = format!("{fixed}{}", colour(chapter, &words));
        let mut used = fixed.chars().count() + words.chars().count();
        for more in [format!("  {} min", chapter.minutes), format!("  {}", chapter.title)] {
            used += more.chars().count();
            if used <= width {
                line.push_str(&dim(&more));
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    text + "\n" + &bar(status, width) + "\n"
}

fn colour(chapter: &ChapterStatus, words: &str) -> String {
    match chapter.state {
        State::Green => paint(GREEN, words),
        State::Red | State::DoesNotCompile => paint(RED, words),
        State::GreenOlderTests | State::NotRun => paint(YELLOW, words),
        State::NotStarted => dim(words),
    }
}

/// The progress of the whole course: `[####------] 4 of 10 chapters`.
pub fn bar(status: &Status, width: usize) -> String {
    let (green, total) = (status.green(), status.chapters.len());
    let words = format!(" {green} of {total} chapters");
    let room = width.saturating_sub(words.len() + 2).clamp(5, 40);
    let done = room * green / total.max(1);
    format!("[{}{}]{words}", paint(GREEN, &"#".repeat(done)), dim(&"-".repeat(room - done)))
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

/// A hint with its place among its stages.
pub fn hint(next: &Next<'_>) -> String {
    let of = format!("hint {} of {}", next.number, next.topic.stages.len());
    format!("{}  {}\n{}\n\n{}\n", bold(&next.topic.title), dim(&of), bold(&next.stage.title), next.stage.text)
}

/// The reference as a diff.
pub fn diffs(diffs: &[FileDiff]) -> String {
    let mut text = String::new();
    for diff in diffs {
        if diff.text.is_empty() {
            text.push_str(&format!("{}: yours is the same as the reference\n", diff.file));
        }
        for line in diff.text.lines() {
            let style = match line.as_bytes().first() {
                Some(b'+') => AnsiColor::Green.on_default(),
                Some(b'-') => AnsiColor::Red.on_default(),
                Some(b'@') => AnsiColor::Cyan.on_default(),
                _ => Style::new(),
            };
            text.push_str(&paint(style, line));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    fn status() -> Status {
        let chapter = |number: &str, id: &str, state, passed| ChapterStatus {
            id: id.into(),
            number: number.into(),
            title: "A title that is rather long".into(),
            page: "x.md".into(),
            minutes: 30,
            state,
            passed,
            total: 7,
            text: String::new(),
            failing: Vec::new(),
            not_run: Vec::new(),
            missing: None,
            command: format!("cargo test -p {id}"),
            hints_shown: 0,
            solution_shown: false,
        };
        Status {
            version: 1,
            current: Some("dtos".into()),
            chapters: vec![
                chapter("01", "first-route", State::Green, 7),
                chapter("02", "dtos", State::Red, 3),
                chapter("03", "routers-and-state", State::NotStarted, 0),
            ],
        }
    }

    #[test]
    fn the_list_fits_a_wide_terminal() {
        insta::assert_snapshot!(plain(&list(&status(), 80)), @r"
          01 first-route        green  30 min  A title that is rather long
        > 02 dtos               red 3/7  30 min  A title that is rather long
          03 routers-and-state  not started  30 min  A title that is rather long

        [#############---------------------------] 1 of 3 chapters
        ");
    }

    #[test]
    fn a_panic_is_shown_without_its_thread() {
        let output = "thread 'a::case_1' (967) panicked at exercises/x/src/lib.rs:8:5:\nnot yet implemented: do it\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        assert_eq!(message(output), "panicked at exercises/x/src/lib.rs:8:5:\nnot yet implemented: do it");
        assert_eq!(message("plain\nlines"), "plain\nlines");
    }

    #[test]
    fn the_list_fits_forty_columns() {
        let text = plain(&list(&status(), 40));
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        assert!(text.contains("> 02 dtos"), "{text}");
    }
}
