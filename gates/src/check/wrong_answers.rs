//! Gate 3: what a learner might plausibly write instead, and the test that catches it.
//!
//! `wrong-answers/NAME.rs` stands for the one Rust file in the chapter's `edit`, or for the file that its second line
//! names; a folder `wrong-answers/NAME/` mirrors the crate. The first line of the file, or of one file of the folder,
//! names the tests:
//!
//! ```text
//! // Caught by: a_test, a_table_of_cases, a_table::case_2
//! // Replaces: src/users.rs
//! ```
//!
//! In SQL the mark is `--`.

use workbook::{
    course::{Chapter, files::Files, matches},
    runner::{
        harness::TestStatus,
        run::{Outcome, Report},
    },
};

use super::{Failure, first_error, list, not_run};

/// As many as every chapter has.
const AT_LEAST: usize = 3;
const CAUGHT_BY: &str = "// Caught by:";
const REPLACES: &str = "// Replaces:";
const FOLDER: &str = "wrong-answers/";

/// Something else that a learner might write.
#[derive(Debug, PartialEq)]
pub struct WrongAnswer {
    pub name: String,
    /// The tests that each have to fail.
    pub caught_by: Vec<String>,
    /// What it puts into the solution, relative to the crate.
    files: Files,
}

/// The wrong answers among the files of a solution, each or what is wrong with how it is written.
pub fn all(chapter: &Chapter, solution: &Files) -> Vec<(String, Result<WrongAnswer, Failure>)> {
    let mut answers: Vec<(String, Files)> = Vec::new();
    for (path, bytes) in solution {
        let Some(below) = path.strip_prefix(FOLDER) else { continue };
        let (name, file) = match below.split_once('/') {
            Some((folder, file)) => (folder, file),
            None => match below.strip_suffix(".rs") {
                Some(name) => (name, ""),
                None => continue,
            },
        };
        match answers.last_mut().filter(|(last, _)| last == name) {
            Some((_, files)) => {
                files.insert(file.to_owned(), bytes.clone());
            }
            None => answers.push((name.to_owned(), Files::from([(file.to_owned(), bytes.clone())]))),
        }
    }
    let read = |(name, files): (String, Files)| (name.clone(), read(chapter, solution, name, files));
    answers.into_iter().map(read).collect()
}

/// Whether there are enough of them.
pub fn enough(chapter: &Chapter, count: usize) -> Vec<Failure> {
    if count >= AT_LEAST {
        return Vec::new();
    }
    vec![Failure::new(
        format!("{} has {count} wrong answers; a chapter has at least {AT_LEAST}", chapter.id),
        format!(
            "write down what learners might plausibly write, as solutions/{}/wrong-answers/NAME.rs with the first line \
            `{CAUGHT_BY} a_test`",
            chapter.folder
        ),
    )]
}

fn read(chapter: &Chapter, solution: &Files, name: String, mut files: Files) -> Result<WrongAnswer, Failure> {
    let here = format!("solutions/{}/{FOLDER}{name}", chapter.folder);
    let head = |key: &str, line: usize, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        // SQL has its own mark for a comment.
        let of = |line: &'_ str| line.replacen("--", "//", 1).strip_prefix(key).map(str::to_owned);
        let said = text.lines().nth(line).and_then(of).unwrap_or_default();
        let names = said.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let caught_by: Vec<String> = files.values().flat_map(|bytes| head(CAUGHT_BY, 0, bytes)).collect();
    if caught_by.is_empty() {
        return Err(Failure::new(
            format!("{here} does not say in its first line which test catches it"),
            format!("make its first line: {CAUGHT_BY} a_test"),
        ));
    }
    // A single file was kept under the empty name until it is known what it stands for.
    if let Some(bytes) = files.remove("") {
        let in_edit: Vec<&String> = chapter.about.edit.iter().filter(|name| name.ends_with(".rs")).collect();
        let file = match (head(REPLACES, 1, &bytes).as_slice(), in_edit.as_slice()) {
            ([file], _) => file.clone(),
            ([], [file]) => (*file).clone(),
            _ => {
                return Err(Failure::new(
                    format!(
                        "{here}.rs does not say which file it stands for, and the chapter's `edit` has more than one"
                    ),
                    format!(
                        "make its second line: {REPLACES} {}",
                        in_edit.first().map_or("src/lib.rs", |file| file)
                    ),
                ));
            }
        };
        files.insert(file, bytes);
    }
    if !files.keys().any(|file| solution.contains_key(file)) {
        return Err(Failure::new(
            format!(
                "{here} stands for {}, which the solution does not have",
                list(files.keys().map(String::as_str))
            ),
            format!("mend the path; it counts from solutions/{}", chapter.folder),
        ));
    }
    Ok(WrongAnswer { name, caught_by, files })
}

impl WrongAnswer {
    /// The files that it stands for, relative to the crate.
    pub fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// The solution with this in its place.
    pub fn applied_to(&self, solution: &Files) -> Files {
        let mut files = what_tests_need(solution);
        files.extend(self.files.clone());
        files
    }

    /// What a run of the tests against it says.
    pub fn check(&self, chapter: &Chapter, report: &Report) -> Vec<Failure> {
        let here = format!("solutions/{}/{FOLDER}{}", chapter.folder, self.name);
        if let Some(failure) = not_run(report) {
            return vec![failure];
        }
        match report.outcome {
            Outcome::Stopped | Outcome::NotRun => return Vec::new(),
            Outcome::DoesNotCompile => {
                return vec![Failure::new(
                    format!("{here} does not compile: {}", in_the_crate(chapter, &first_error(report))),
                    "make it compile: only a test shall catch it. After a change of the solution, change it as well",
                )];
            }
            Outcome::Green => {
                return vec![Failure::new(
                    format!("{here} passes every test: nothing catches it"),
                    "the exercise has a hole: write the test that fails for it, or drop it if it is right after all",
                )];
            }
            Outcome::Red => {}
        }
        let caught = report.failed().map(|test| test.name.as_str()).collect::<Vec<_>>();
        let mut failures = Vec::new();
        for name in &self.caught_by {
            if !report.tests.iter().any(|test| matches(name, &test.name)) {
                failures.push(Failure::new(
                    format!("{here} names {name}, and there is no such test"),
                    format!("mend its first line. What catches it: {}", list(caught.iter().copied())),
                ));
            } else if !report
                .tests
                .iter()
                .any(|test| matches(name, &test.name) && test.status != TestStatus::Passed)
            {
                failures.push(Failure::new(
                    format!("{here} is not caught by {name}, but by: {}", list(caught.iter().copied())),
                    "mend its first line, or the test that should catch it",
                ));
            }
        }
        failures
    }
}

/// A message of the compiler, which saw the crate in a [shadow](workbook::runner::scratch), with the path within the crate.
fn in_the_crate(chapter: &Chapter, message: &str) -> String {
    let below = format!("/solutions/{}/", chapter.folder);
    message.split_once(&below).map_or(message, |(_, message)| message).to_owned()
}

/// The files of the crate that its tests need. Examples are built with the tests and looked at by none of them, so the
/// ones that Cargo finds by itself stay away.
fn what_tests_need(solution: &Files) -> Files {
    let names_examples =
        solution.get("Cargo.toml").is_some_and(|text| String::from_utf8_lossy(text).contains("[[example]]"));
    let is_needed =
        |name: &str| !name.starts_with(FOLDER) && (names_examples || !name.starts_with("examples/"));
    let needed = solution.iter().filter(|(name, _)| is_needed(name));
    needed.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
}
