//! Gate 5, pages: every chapter has its page and its hints, what stands there is so, and every page with an exercise has its
//! chapter. And the book as a whole: it builds, its code comes from compiled crates, and its links lead somewhere.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use workbook::{
    book::{self, BuildOptions, PageProblem, fences::fences, questions, unproved},
    course::{Chapter, Hints, files, matches},
    runner::{Outcome, Report},
};

use super::{Failure, if_any, list, quotes, regex, run::Gates, transcripts};

/// What stands below this heading is an exercise.
const EXERCISE: &str = "## Exercise";

impl Gates<'_> {
    pub(super) fn page(
        &self,
        chapter: &Chapter,
        started: &Report,
        solved: Option<&Report>,
    ) -> Result<Vec<Failure>> {
        let root = &self.course.root;
        let mut reports = [Some(started), solved].into_iter().flatten();
        let tests = reports.find(|report| report.total() > 0).into_iter().flat_map(Report::all);
        let tests: Vec<String> = tests.map(|test| test.name.clone()).collect();
        let mut failures: Vec<Failure> = hints(chapter, &tests).into_iter().collect();
        let (page, folder) = (&chapter.about.page, &chapter.folder);
        let path = Path::new("book").join(page);
        let Ok(text) = fs::read_to_string(root.join(&path)) else {
            failures.push(Failure::new(
                format!("the page book/{page} cannot be read"),
                format!("write it, or mend `page` in exercises/{folder}/Cargo.toml (it counts from book/)"),
            ));
            return Ok(failures);
        };
        let summary = fs::read_to_string(root.join("book/SUMMARY.md")).unwrap_or_default();
        if !summary.contains(&format!("({page})")) && !summary.contains(&format!("(./{page})")) {
            failures.push(Failure::new(
                format!("book/SUMMARY.md does not name {page}: nobody finds the page"),
                format!("add a line to book/SUMMARY.md: - [{}]({page})", chapter.about.title),
            ));
        }
        let command = chapter.command();
        if !text.contains(&command) {
            failures.push(Failure::new(
                format!("book/{page} does not say how to run its exercise"),
                format!("write the command on the page: {command}"),
            ));
        }
        let mut asked = questions(root)?;
        asked.retain(|asked| asked.page == path);
        let in_the_text = self.in_the_text.iter().filter(|problem| problem.file == path);
        failures.extend(in_the_text.chain(&unproved(&asked, |_| Some(tests.clone()))).map(Failure::from));
        let fences = fences(&text);
        // What does not compile has failed already.
        let compiles = |report: &&Report| report.outcome != Outcome::DoesNotCompile;
        let (started, solved) = (Some(started).filter(compiles), solved.filter(compiles));
        if let Some(started) = started {
            failures.extend(fences.iter().filter_map(|fence| quotes::check(chapter, fence, started)));
        }
        let packages = [solved, started].map(|report| Some(report?.id.as_str()));
        failures.extend(transcripts::check(root, page, &fences, packages, self.stop)?);
        Ok(failures)
    }

    /// What is wrong with the pages that are the page of no exercise, or of two, and with the book that is built of all of them.
    pub(super) fn book(&self) -> Result<Vec<Failure>> {
        let root = &self.course.root;
        let mut chapters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for chapter in &self.course.chapters {
            chapters.entry(&chapter.about.page).or_default().push(&chapter.id);
        }
        let mut failures = Vec::new();
        for (page, bytes) in files::read_all(&root.join("book"))? {
            let text = String::from_utf8_lossy(&bytes);
            let has_exercise = page.ends_with(".md") && text.lines().any(|line| line.trim_end() == EXERCISE);
            if has_exercise && !chapters.contains_key(page.as_str()) {
                failures.push(Failure::new(
                    format!("book/{page} has an exercise, and no chapter has this page"),
                    format!(
                        "write the exercise, or say page = {page:?} in the Cargo.toml of the one that it is"
                    ),
                ));
            }
        }
        for (page, ids) in chapters.iter().filter(|(_, ids)| ids.len() > 1) {
            failures.push(Failure::new(
                format!("book/{page} is the page of several chapters: {}", list(ids)),
                "give each its own: mend `page` in their Cargo.toml",
            ));
        }
        let page_of = |problem: &PageProblem| files::relative(Path::new("book"), &problem.file);
        let is_here = |problem: &&PageProblem| !chapters.contains_key(page_of(problem).as_str());
        failures.extend(self.in_the_text.iter().filter(is_here).map(Failure::from));
        let folder = tempfile::tempdir().context("no temporary folder can be made: is the disk full?")?;
        let destination = folder.path().join("book");
        match book::build(root, &BuildOptions { destination, served: false }) {
            Ok(built) => {
                let new = built.problems.iter().filter(|problem| !self.in_the_text.contains(problem));
                failures.extend(new.filter(is_here).map(Failure::from));
                let mend =
                    "mend the link, or write what it names; the built page has the name of its Markdown file";
                let broken = book::check_links(&built.folder)?;
                failures.extend(broken.iter().map(|link| Failure::new(link.to_string(), mend)));
            }
            Err(error) => failures.push(Failure::new(
                format!("the book does not build: {error:#}"),
                "mend that; see it with: cargo workbook build",
            )),
        }
        Ok(failures)
    }
}

/// What is wrong with a chapter's hints, given the names of its tests (none when they are not known).
fn hints(chapter: &Chapter, tests: &[String]) -> Option<Failure> {
    let file = format!("exercises/{}/hints.md", chapter.folder);
    let hints = match Hints::load(&chapter.dir) {
        Ok(hints) => hints,
        Err(error) => {
            return Some(Failure::new(
                format!("{file} is no list of hints: {}", error.root_cause()),
                "write `## When `a_test` fails` with `### …` for each stage below it, and `## In general` at the end",
            ));
        }
    };
    // Beside tests: error codes, and what `workbook::runner::run` writes down for errors without one.
    let code = regex("^(E[0-9]{4}|error|cargo)$");
    let is_known = |key: &str| code.is_match(key) || tests.iter().any(|test| matches(key, test));
    let keys = hints.topics.iter().filter(|topic| !topic.says).flat_map(|topic| &topic.keys);
    if_any(
        keys.filter(|key| !tests.is_empty() && !is_known(key)),
        &format!("{file} has hints for what is neither a test of the chapter nor an error code"),
        "mend the names in its `## …` headings: a hint that is tied to nothing is never shown",
    )
}
