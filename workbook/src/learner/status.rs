//! Where every chapter stands, for `list`, `status`, the page and scripts.

use anyhow::Result;
use serde::Serialize;

use super::{Entry, Progress, State};
use crate::course::{self, Broken, Chapter, Course};

/// The whole course; as JSON it is what `cargo workbook status --format json` prints.
#[derive(Debug, Clone, Serialize)]
pub struct CourseStatus {
    /// The format of this JSON. Keys are added without counting it up; none is taken away or changed.
    pub version: u32,
    /// The id of the chapter to work on, or null when all are green.
    pub current: Option<String>,
    pub chapters: Vec<ChapterStatus>,
    /// The chapters whose manifest cannot be read.
    pub broken: Vec<BrokenStatus>,
}

#[derive(Debug, Clone, Serialize)]
pub struct BrokenStatus {
    pub id: String,
    pub number: String,
    /// Why, and what to do about it.
    pub problem: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChapterStatus {
    pub id: String,
    pub number: String,
    pub title: String,
    pub page: String,
    pub minutes: u32,
    pub state: State,
    /// Whether it ever was green.
    pub was_green: bool,
    /// The state in words, as a page shows it.
    pub text: String,
    /// Of the last run, both rings.
    pub passed: usize,
    pub total: usize,
    /// Of those, the tests of chapters before that still hold.
    pub kept: KeptTests,
    pub failing: Vec<String>,
    pub not_run: Vec<String>,
    /// Why not and, from the second line on, what to do about it; null when all could run.
    pub missing: Option<String>,
    /// Why it cannot be run at all, and what to do about it; null when it can.
    pub problem: Option<String>,
    pub command: String,
    /// How many hints were taken, in a page or a terminal.
    pub hints_shown: usize,
    pub solution_shown: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KeptTests {
    pub passed: usize,
    pub total: usize,
    pub failing: Vec<String>,
}

impl CourseStatus {
    /// Reads it from the disk; nothing is run.
    pub fn load(course: &Course) -> Result<Self> {
        let progress = Progress::load(&course.root)?;
        let broken = course.broken.iter().map(|Broken { folder, problem, .. }| {
            let (number, id) = course::parts(folder);
            BrokenStatus { id: id.to_owned(), number: number.to_owned(), problem: problem.clone() }
        });
        Ok(Self {
            version: 1,
            current: progress.current(course).map(|chapter| chapter.id.clone()),
            chapters: course.chapters.iter().map(|chapter| ChapterStatus::of(chapter, &progress)).collect(),
            broken: broken.collect(),
        })
    }

    /// How many chapters have been green: what is tried out afterwards takes none of them away.
    pub fn green(&self) -> usize {
        self.chapters.iter().filter(|chapter| chapter.was_green).count()
    }
}

impl ChapterStatus {
    pub fn of(chapter: &Chapter, progress: &Progress) -> Self {
        let entry = progress.of(&chapter.id);
        let (tests, problem) = match chapter.tests_fingerprint() {
            Ok(tests) => (tests, None),
            Err(error) => (String::new(), Some(format!("{error:#}"))),
        };
        let state = progress.state(&chapter.id, &tests);
        Self {
            problem,
            id: chapter.id.clone(),
            number: chapter.number().to_owned(),
            title: chapter.about.title.clone(),
            page: chapter.about.page.clone(),
            minutes: chapter.about.minutes,
            state,
            was_green: entry.green_at.is_some(),
            text: text(state, &entry),
            passed: entry.passed,
            total: entry.total,
            kept: KeptTests {
                passed: entry.kept_passed,
                total: entry.kept_total,
                failing: entry.kept_failing,
            },
            hints_shown: entry.hints.values().sum(),
            failing: entry.failing,
            not_run: entry.not_run,
            missing: Some(entry.missing).filter(|missing| !missing.is_empty()),
            command: chapter.command(),
            solution_shown: entry.solution_shown,
        }
    }

    pub fn words(&self) -> String {
        match self.state {
            _ if self.problem.is_some() => "cannot be run".into(),
            State::NotStarted => "not started".into(),
            State::DoesNotCompile => "does not compile".into(),
            State::Red if self.not_run.is_empty() => format!("red {}/{}", self.passed, self.total),
            State::Red => format!("red {}/{}, not run {}", self.passed, self.total, self.not_run.len()),
            State::NotRun => format!("not run {}", self.not_run.len()),
            State::Green => "green".into(),
            State::GreenOlderTests => "green, older tests".into(),
        }
    }
}

fn text(state: State, entry: &Entry) -> String {
    let Entry { passed, total, .. } = entry;
    let not_run = entry.not_run.len();
    let tests = if *total == 1 { "test" } else { "tests" };
    match state {
        State::NotStarted => "Not started".into(),
        State::DoesNotCompile => "Does not compile".into(),
        State::Red if not_run > 0 => format!("Red: {passed} of {total} {tests} pass, {not_run} not run"),
        State::Red => format!("Red: {passed} of {total} {tests} pass"),
        State::NotRun => format!("Not run: {not_run} of {total} {tests}"),
        State::Green if *total == 1 => "Green: the test passes".into(),
        State::Green => format!("Green: all {total} tests pass"),
        State::GreenOlderTests => "Green against older tests: run it again".into(),
    }
}
