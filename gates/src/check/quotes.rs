//! Gate 5, quoted output: a block ```` ```text,fails=A_TEST ```` on a chapter's page is what the starter's test prints.

use std::sync::LazyLock;

use regex::Regex;
use workbook::{
    book::fences::Fence,
    course::Chapter,
    runner::{Report, TestStatus},
    terminal::results,
};

use super::{Failure, regex};

/// A line that stands for lines left out.
pub const LEFT_OUT: &str = "…";

/// What is wrong with a block, if it is such a quotation.
pub fn check(chapter: &Chapter, fence: &Fence, report: &Report) -> Option<Failure> {
    let name = fence.info.split([',', ' ']).find_map(|part| part.trim().strip_prefix("fails="))?;
    let place = format!("book/{}:{}", chapter.about.page, fence.line);
    let Some(test) = report.all().find(|test| test.name == name) else {
        return Some(Failure::new(
            format!("{place} quotes {name}, and the chapter has no such test"),
            format!(
                "mend the name after `fails=`; of a table name one case. The tests there are: {} -- --list",
                chapter.command()
            ),
        ));
    };
    match test.status {
        // Gate 1 has said so; where a test passes, it has if `red` says that it fails.
        TestStatus::NotRun => return None,
        TestStatus::Passed if chapter.is_red_at_start(name) => return None,
        TestStatus::Passed => {
            return Some(Failure::new(
                format!("{place} quotes how {name} fails, and it passes in the starter"),
                "quote a test that is in `red`, or mend the starter",
            ));
        }
        TestStatus::Failed | TestStatus::TimedOut => {}
    }
    let printed = anstream::adapter::strip_str(&results::message(&test.output)).to_string();
    let anywhere = significant(&format!("{LEFT_OUT}\n{}\n{LEFT_OUT}", fence.content));
    (!covers(&anywhere, &significant(&printed))).then(|| {
        Failure::new(
            format!("{place} is not what {name} prints. It prints:\n{}", printed.trim()),
            format!("copy that to the page; a line with `{LEFT_OUT}` stands for what you leave out"),
        )
    })
}

/// The lines that are compared: without blank ones, line numbers made alike.
fn significant(text: &str) -> Vec<String> {
    text.lines().map(|line| without_line_numbers(line.trim_end())).filter(|line| !line.is_empty()).collect()
}

/// `src/lib.rs:8:5` as `src/lib.rs:L:C`: a line more above it does not make the page wrong.
fn without_line_numbers(line: &str) -> String {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| regex(r"\.rs:\d+:\d+"));
    PLACE.replace_all(line, ".rs:L:C").into_owned()
}

/// Whether the lines are the expected ones, where `…` stands for any number of lines.
pub fn covers(expected: &[String], lines: &[String]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == LEFT_OUT => {
            (0..=lines.len()).any(|skip| covers(rest, &lines[skip..]))
        }
        Some((first, rest)) => lines.first() == Some(first) && covers(rest, &lines[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn dots_stand_for_any_lines_and_nothing_else_does() {
        for expected in ["a b c", "… b c", "a … c", "a …", "…", "… a b c …"] {
            assert!(covers(&lines(expected), &lines("a b c")), "{expected}");
        }
        for expected in ["a b", "b c", "a c", "… b", "a b c d", "a … b"] {
            assert!(!covers(&lines(expected), &lines("a b c")), "{expected}");
        }
    }

    #[test]
    fn a_line_number_may_move_and_a_file_may_not() {
        assert_eq!(without_line_numbers("panicked at a/lib.rs:8:5:"), "panicked at a/lib.rs:L:C:");
        assert_eq!(without_line_numbers("x.rs: no, y.rs:1:22 z.rs:7"), "x.rs: no, y.rs:L:C z.rs:7");
    }
}
