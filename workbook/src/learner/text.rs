//! Where the learner stands, a hint and the reference, as text. Nothing here reads or writes.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};

use super::{CourseStatus, FileDiff, State, status::BrokenStatus};
use crate::{
    course::Hint,
    terminal::style::{self, bad, bold, dim, good, note, paint},
};

/// Every chapter with its state; no line longer than `width`.
pub fn list(status: &CourseStatus, width: usize) -> String {
    let ids =
        status.chapters.iter().map(|chapter| &chapter.id).chain(status.broken.iter().map(|one| &one.id));
    let ids = ids.map(String::len).max().unwrap_or(0);
    let states = status.chapters.iter().map(|chapter| chapter.words().len()).max().unwrap_or(0);
    let (mut lines, mut problems) = (BTreeMap::new(), String::new());
    for chapter in &status.chapters {
        let here = if status.current.as_ref() == Some(&chapter.id) { "> " } else { "  " };
        let fixed = format!("{here}{} {:ids$}  ", chapter.number, chapter.id);
        let words = chapter.words();
        let colour = match chapter.state {
            _ if chapter.problem.is_some() => bad,
            State::Green => good,
            State::Red | State::DoesNotCompile => bad,
            State::GreenOlderTests | State::NotRun => note,
            State::NotStarted => dim,
        };
        let mut line = format!("{fixed}{}", colour(&words));
        let mut used = fixed.chars().count() + states;
        let gap = " ".repeat(states - words.len());
        for more in [format!("{gap}  {:3} min", chapter.minutes), format!("  {}", chapter.title)] {
            used += more.trim_start_matches(&gap).chars().count();
            if used <= width {
                line.push_str(&dim(&more));
            }
        }
        lines.insert((&chapter.number, &chapter.id), line);
        problems
            .extend(chapter.problem.iter().map(|problem| format!("\n{} {problem}\n", style::error_word())));
    }
    for BrokenStatus { number, id, problem } in &status.broken {
        lines.insert((number, id), format!("  {number} {id:ids$}  {}", bad("cannot be read")));
        problems += &format!("\n{} {problem}\n", style::error_word());
    }
    let lines: String = lines.into_values().map(|line| line + "\n").collect();
    lines + "\n" + &bar(status, width) + "\n" + &problems
}

/// The progress of the whole course: `[####------] 4 of 10 chapters`.
pub fn bar(status: &CourseStatus, width: usize) -> String {
    let (green, total) = (status.green(), status.chapters.len());
    let words = format!(" {green} of {total} chapters");
    let room = width.saturating_sub(words.len() + 2).clamp(5, 40);
    let done = room * green / total.max(1);
    format!("[{}{}]{words}", good(&"#".repeat(done)), dim(&"-".repeat(room - done)))
}

/// What is to be said before a hint, and the hint.
pub fn hint(note: &str, Hint { topic, stage, number, of, .. }: &Hint) -> String {
    let place = dim(&format!("hint {number} of {of}"));
    let note = if note.is_empty() { String::new() } else { format!("{note}\n\n") };
    format!("{note}{}  {place}\n{}\n\n{}\n", bold(topic), bold(&stage.title), stage.text)
}

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
    use crate::learner::status::{ChapterStatus, KeptTests};

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    fn status() -> CourseStatus {
        let chapter = |number: &str, id: &str, state, passed| ChapterStatus {
            id: id.into(),
            number: number.into(),
            title: "A title that is rather long".into(),
            page: "x.md".into(),
            minutes: 30,
            state,
            was_green: state == State::Green,
            passed,
            total: 7,
            kept: KeptTests::default(),
            text: String::new(),
            failing: Vec::new(),
            not_run: Vec::new(),
            missing: None,
            problem: None,
            command: format!("cargo test -p {id}"),
            hints_shown: 0,
            solution_shown: false,
        };
        CourseStatus {
            version: 1,
            current: Some("dtos".into()),
            chapters: vec![
                chapter("01", "first-route", State::Green, 7),
                chapter("02", "dtos", State::Red, 3),
                chapter("03", "routers-and-state", State::DoesNotCompile, 0),
                chapter("05", "sqlite-crud", State::NotStarted, 0),
            ],
            broken: vec![BrokenStatus {
                id: "error-envelope".into(),
                number: "04".into(),
                problem: "its manifest is broken".into(),
            }],
        }
    }

    #[test]
    fn the_list_fits_a_wide_terminal() {
        insta::assert_snapshot!(plain(&list(&status(), 80)), @r"
          01 first-route        green              30 min  A title that is rather long
        > 02 dtos               red 3/7            30 min  A title that is rather long
          03 routers-and-state  does not compile   30 min  A title that is rather long
          04 error-envelope     cannot be read
          05 sqlite-crud        not started        30 min  A title that is rather long

        [##########------------------------------] 1 of 4 chapters

        error: its manifest is broken
        ");
    }

    #[test]
    fn the_list_fits_forty_columns() {
        let text = plain(&list(&status(), 40));
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        assert!(text.contains("> 02 dtos"), "{text}");
    }
}
