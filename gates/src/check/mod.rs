//! The gates: what always holds in a workbook that is given to learners.
//!
//! | gate | module | rule |
//! |---|---|---|
//! | 1 | [`starter`] | a starter compiles, and fails as `red` says |
//! | 2 | [`solution`] | a solution passes the exercise's tests |
//! | 3 | [`answers`] | a wrong answer is caught by the test that it names |
//! | 4 | [`chain`], [`rings`] | a starter is the solved chapter before, and no test of it is dropped |
//! | 5 | [`pages`], [`quotes`], [`transcripts`], [`glossary`] | the book fits the exercises and the code's words, and shows what was really printed |
//! | 6 | [`dependencies`] | the domain depends on no framework |
//! | 7 | [`lock`] | `exercises.lock` knows the exercises |
//! | 8 | [`answers`] | another right answer passes |
//!
//! Each module judges what it is given; [`run`] builds, runs and reads for them. The learner's own runs take the same
//! way ([`run::package`](workbook::runner::run::package)), so what passes here passes there.

mod answers;
mod caught;
pub mod chain;
mod dependencies;
mod glossary;
mod lint;
mod lock;
mod manifest;
mod pages;
mod quotes;
mod rings;
mod run;
mod service;
mod shell;
mod solution;
mod source;
mod starter;
mod transcripts;
mod tries;

use regex::Regex;
use workbook::runner::{Diagnostic, Report};

/// A rule that does not hold.
pub use workbook::course::Problem as Failure;

pub use lock::changed as changed_since_lock;
pub use run::{CheckEvent, run};

/// One of the rules that always hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Starter = 1,
    Solution = 2,
    WrongAnswers = 3,
    Chain = 4,
    Book = 5,
    Dependencies = 6,
    Lock = 7,
    RightAnswers = 8,
}

impl Gate {
    /// What holds, in a sentence.
    pub fn rule(self) -> &'static str {
        const RULES: [&str; 8] = [
            "A starter compiles without warnings, and exactly the tests in its `red` fail.",
            "A solution passes the exercise's own tests, without warnings and without a todo!.",
            "Every wrong answer is caught by the tests that it names, in the chapter's ring.",
            "Outside `edit` and `given`, a starter is the solved chapter before; its tests are kept or replaced.",
            "The book fits the exercises and the code, and shows what was really printed.",
            "The domain depends on neither axum, tokio nor sqlx.",
            "exercises.lock knows every file of every exercise.",
            "Another right answer passes both rings, without warnings.",
        ];
        RULES[self as usize - 1]
    }
}

/// Something that was looked at, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Check {
    pub gate: Gate,
    /// The chapter's id; `None` where the whole workbook is meant.
    pub chapter: Option<String>,
    /// What was looked at: `starter`, `wrong answer no-method`.
    pub what: String,
    /// Whether an earlier check saw it, with the same files, and this one did not look again.
    pub before: bool,
    pub failures: Vec<Failure>,
}

/// Names in a sentence: `a, b, c`.
fn list(names: impl IntoIterator<Item = impl ToString>) -> String {
    names.into_iter().map(|name| name.to_string()).collect::<Vec<_>>().join(", ")
}

/// That this is wrong with these, if there are any.
fn if_any(
    names: impl IntoIterator<Item = impl ToString>,
    problem: &str,
    mend: impl Into<String>,
) -> Option<Failure> {
    let names = list(names);
    (!names.is_empty()).then(|| Failure::new(format!("{problem}: {names}"), mend))
}

/// That tests could not run here: then nothing is said about them.
fn not_run(report: &Report) -> Option<Failure> {
    let missing = report.missing()?;
    let names = list(report.not_run().map(|test| &test.name));
    Some(Failure::new(format!("not run: {}. It is missed by: {names}", missing.reason), missing.mend))
}

/// The first error of a build that failed, in a line or two.
fn first_error(report: &Report) -> String {
    report.errors().next().map_or_else(|| report.complaint.trim().to_owned(), in_a_line)
}

/// `exercises/01-first-route/src/lib.rs:3:5: unused variable`.
fn in_a_line(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some((file, line, column)) => format!("{file}:{line}:{column}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn regex(constant: &str) -> Regex {
    Regex::new(constant).expect("a constant")
}
