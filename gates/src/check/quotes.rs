//! Gate 5, quoted output: a block ```` ```text,fails=A_TEST ```` on a chapter's page is what the starter's test prints.

use std::sync::LazyLock;

use regex::Regex;
use workbook::{
    book::fences::Fence,
    course::Chapter,
    runner::{Report, TestStatus},
    terminal::results,
};

use super::Failure;

/// A line that stands for lines left out.
pub const LEFT_OUT: &str = "…";

pub fn check(chapter: &Chapter, fences: &[Fence], report: &Report) -> Vec<Failure> {
    fences
        .iter()
        .filter_map(|fence| Some((fence, test_of(fence)?)))
        .filter_map(|(fence, name)| one(chapter, fence, name, report))
        .collect()
}

/// `A_TEST` of ```` ```text,fails=A_TEST ````.
fn test_of(fence: &Fence) -> Option<&str> {
    fence.info.split([',', ' ']).find_map(|part| part.trim().strip_prefix("fails="))
}

fn one(chapter: &Chapter, fence: &Fence, name: &str, report: &Report) -> Option<Failure> {
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
    if test.status == TestStatus::NotRun {
        // Gate 1 has said so.
        return None;
    }
    if test.status == TestStatus::Passed {
        // Where `red` says that it fails, gate 1 has said so.
        return (!chapter.is_red_at_start(name)).then(|| {
            Failure::new(
                format!("{place} quotes how {name} fails, and it passes in the starter"),
                "quote a test that is in `red`, or mend the starter",
            )
        });
    }
    let printed = anstream::adapter::strip_str(&results::message(&test.output)).to_string();
    let quoted: Vec<String> = significant(&fence.content);
    let anywhere = [vec![LEFT_OUT.to_owned()], quoted, vec![LEFT_OUT.to_owned()]].concat();
    if covers(&anywhere, &significant(&printed)) {
        return None;
    }
    Some(Failure::new(
        format!("{place} is not what {name} prints. It prints:\n{}", printed.trim()),
        format!("copy that to the page; a line with `{LEFT_OUT}` stands for what you leave out"),
    ))
}

/// The lines that are compared: without blank ones, line numbers made alike.
fn significant(text: &str) -> Vec<String> {
    text.lines().map(|line| without_line_numbers(line.trim_end())).filter(|line| !line.is_empty()).collect()
}

/// `src/lib.rs:8:5` as `src/lib.rs:L:C`: a line more above it does not make the page wrong.
fn without_line_numbers(line: &str) -> String {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\.rs:\d+:\d+").expect("a constant"));
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
