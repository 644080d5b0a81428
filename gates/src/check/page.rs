//! Gate 5, pages: every chapter has its page and its hints, and every page with an exercise has its chapter.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;
use workbook::course::{Chapter, Course, Files, Hints, files, matches};

use super::{Failure, list};

/// What stands below this heading is an exercise.
const EXERCISE: &str = "## Exercise";
/// What a hint may be tied to beside tests and error codes: what [`run`](workbook::runner::run) writes down for errors without one.
const WITHOUT_CODE: [&str; 2] = ["error", "cargo"];

pub fn read(root: &Path, chapter: &Chapter) -> Result<String, Failure> {
    let page = &chapter.about.page;
    std::fs::read_to_string(root.join("book").join(page)).map_err(|_| {
        Failure::new(
            format!("the page book/{page} cannot be read"),
            format!(
                "write it, or mend `page` in exercises/{}/Cargo.toml (it counts from book/)",
                chapter.folder
            ),
        )
    })
}

pub fn check(chapter: &Chapter, page: &str, summary: &str) -> Vec<Failure> {
    let mut failures = Vec::new();
    let path = &chapter.about.page;
    let named = |link: &str| summary.contains(&format!("({link})"));
    if !named(path) && !named(&format!("./{path}")) {
        failures.push(Failure::new(
            format!("book/SUMMARY.md does not name {path}: nobody finds the page"),
            format!("add a line to book/SUMMARY.md: - [{}]({path})", chapter.about.title),
        ));
    }
    if !page.contains(&chapter.command()) {
        failures.push(Failure::new(
            format!("book/{path} does not say how to run its exercise"),
            format!("write the command on the page: {}", chapter.command()),
        ));
    }
    failures
}

/// What is wrong with a chapter's hints, given the names of its tests (none when they are not known).
pub fn hints(chapter: &Chapter, tests: &[String]) -> Vec<Failure> {
    let file = format!("exercises/{}/hints.md", chapter.folder);
    let hints = match Hints::load(&chapter.dir) {
        Ok(hints) => hints,
        Err(error) => {
            let reason = error.root_cause();
            return vec![Failure::new(
                format!("{file} is no list of hints: {reason}"),
                "write `## When `a_test` fails` with `### …` for each stage below it, and `## In general` at the end",
            )];
        }
    };
    let is_code =
        |key: &str| key.len() == 5 && key.starts_with('E') && key[1..].chars().all(|c| c.is_ascii_digit());
    let is_known = |key: &&str| {
        is_code(key) || WITHOUT_CODE.contains(key) || tests.iter().any(|test| matches(key, test))
    };
    let keys = hints.topics.iter().flat_map(|topic| topic.keys.iter().map(String::as_str));
    let unknown = list(keys.filter(|key| !is_known(key)));
    if tests.is_empty() || unknown.is_empty() {
        return Vec::new();
    }
    vec![Failure::new(
        format!("{file} has hints for what is neither a test of the chapter nor an error code: {unknown}"),
        "mend the names in its `## …` headings: a hint that is tied to nothing is never shown",
    )]
}

/// What is wrong with the book as a whole: pages that are the page of no exercise, or of two.
pub fn without_exercise(course: &Course) -> Result<Vec<Failure>> {
    Ok(unpaired(course, &files::read_all(&course.root.join("book"))?))
}

fn unpaired(course: &Course, book: &Files) -> Vec<Failure> {
    let mut chapters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for chapter in &course.chapters {
        chapters.entry(&chapter.about.page).or_default().push(&chapter.id);
    }
    let mut failures = Vec::new();
    for (page, bytes) in book.iter().filter(|(name, _)| name.ends_with(".md")) {
        let has_exercise = || String::from_utf8_lossy(bytes).lines().any(|line| line.trim_end() == EXERCISE);
        if !chapters.contains_key(page.as_str()) && has_exercise() {
            failures.push(Failure::new(
                format!("book/{page} has an exercise, and no chapter has this page"),
                format!(
                    "write the exercise, or say page = \"{page}\" in the Cargo.toml of the one that it is"
                ),
            ));
        }
    }
    for (page, ids) in chapters.iter().filter(|(_, ids)| ids.len() > 1) {
        failures.push(Failure::new(
            format!("book/{page} is the page of several chapters: {}", list(ids.iter().copied())),
            "give each its own: mend `page` in their Cargo.toml",
        ));
    }
    failures
}
