//! Runs the tests of one package and, for a chapter, writes down what came out.

use std::path::{Path, PathBuf};

use anyhow::Result;
use local_postgres::NotRun;
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    cargo::{self, Build, BuildEnd, Diagnostic, Level},
    course::{self, Chapter, Course},
    files::{self, Files},
    harness::{self, Alone, Place, Status, Test, TestResult},
    order,
    process::Stop,
    progress::{Entry, Progress},
    snapshots::{self, Reason},
};

/// What came out of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub id: String,
    pub outcome: Outcome,
    /// In the order of the test file; empty when it does not compile.
    pub tests: Vec<TestResult>,
    /// Errors first.
    pub diagnostics: Vec<Diagnostic>,
    /// What Cargo said when it could not even begin; otherwise empty.
    pub complaint: String,
    /// Whether this run was the first green one.
    pub first_green: bool,
}

/// A run in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Green,
    Red,
    /// No test failed, and at least one says that it cannot run here.
    NotRun,
    DoesNotCompile,
    /// It was stopped before it had a result.
    Stopped,
}

/// What a run tells while it runs.
#[derive(Debug)]
pub enum Event<'a> {
    Build(cargo::Event<'a>),
    /// It compiles; these tests are about to run, in this order.
    Tests(&'a [Test]),
    Test(&'a TestResult),
}

impl Report {
    /// The tests that failed.
    pub fn failed(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|test| matches!(test.status, Status::Failed | Status::TimedOut))
    }

    pub fn passed(&self) -> usize {
        self.tests.iter().filter(|test| test.status == Status::Passed).count()
    }

    /// The tests that cannot run here.
    pub fn not_run(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|test| test.status == Status::NotRun)
    }

    /// What they miss, as the first of them says it.
    pub fn missing(&self) -> Option<NotRun> {
        self.not_run().find_map(TestResult::not_run)
    }

    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// A package whose tests can be run: an exercise, a solution, or a changed copy of one.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The workspace it is in.
    pub root: PathBuf,
    pub package: String,
    pub dir: PathBuf,
    /// The folder of the exercise whose tests it has; they decide in which order the tests run.
    pub tests: PathBuf,
    /// Which of them run in a process of their own from the start.
    pub alone: Alone,
    /// The tests that are run, by name or by the name of their table; none named: all.
    pub only: Vec<String>,
}

impl Subject {
    /// A chapter's exercise, each test alone.
    pub fn exercise(course: &Course, chapter: &Chapter) -> Self {
        Self {
            root: course.root.clone(),
            package: chapter.id.clone(),
            dir: chapter.dir.clone(),
            tests: chapter.dir.join("tests"),
            alone: Alone::All,
            only: Vec::new(),
        }
    }

    /// A chapter's solution, with the exercise's tests, each alone.
    pub fn solution(course: &Course, chapter: &Chapter) -> Self {
        let package = format!("{}-solution", chapter.id);
        Self { package, dir: chapter.solution_dir.clone(), ..Self::exercise(course, chapter) }
    }
}

/// Builds and runs the tests of a package.
///
/// # Errors
/// When Cargo or a test binary cannot be started. Code that does not compile and tests that fail are outcomes.
pub fn package(subject: &Subject, stop: &Stop, on: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let Subject { root, package, .. } = subject;
    let build = cargo::build_tests(root, package, stop, &mut |event| on(Event::Build(event)))?;
    built(subject, build, stop, on)
}

/// Runs the tests of a package that has been built.
///
/// # Errors
/// When a test binary cannot be started.
pub fn built(subject: &Subject, build: Build, stop: &Stop, on: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let Subject { root, package, dir, alone, .. } = subject;
    let mut report = Report {
        id: package.clone(),
        outcome: Outcome::DoesNotCompile,
        tests: Vec::new(),
        diagnostics: build.diagnostics,
        complaint: build.complaint,
        first_green: false,
    };
    match build.end {
        BuildEnd::Built => {}
        BuildEnd::Failed => return Ok(report),
        BuildEnd::Stopped => return Ok(Report { outcome: Outcome::Stopped, ..report }),
    }
    let surroundings = Place::of(root, dir)?;
    let mut tests = Vec::new();
    for binary in build.tests.get(package).into_iter().flatten() {
        tests.extend(harness::list(binary, &surroundings, stop)?);
    }
    if !subject.only.is_empty() {
        tests.retain(|test| subject.only.iter().any(|name| course::matches(name, &test.name)));
    }
    order::as_written(&mut tests, &written(subject)?);
    on(Event::Tests(&tests));
    report.tests = harness::run(&tests, alone, &surroundings, stop, &mut |result| on(Event::Test(result)))?;
    report.outcome = match () {
        () if stop.is_set() => Outcome::Stopped,
        // A package without a test has nothing to be green about.
        () if report.tests.is_empty() || report.failed().next().is_some() => Outcome::Red,
        () if report.not_run().next().is_some() => Outcome::NotRun,
        () => Outcome::Green,
    };
    Ok(report)
}

/// The files with the tests. Where it is the learner who writes tests, those come first: the others judge them.
fn written(subject: &Subject) -> Result<Files> {
    let below = |folder: &str, dir: &Path| -> Result<Files> {
        let files = files::read_all(dir)?;
        Ok(files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)).collect())
    };
    let mut files = below("src/tests", &subject.dir.join("src/tests"))?;
    files.extend(below("tests", &subject.tests)?);
    Ok(files)
}

/// Runs a chapter's exercise and writes the result down; the first green keeps a snapshot.
///
/// # Errors
/// See [`package`]; and when the progress cannot be read (before anything runs) or written.
pub fn chapter(
    course: &Course,
    chapter: &Chapter,
    stop: &Stop,
    on: &mut dyn FnMut(Event<'_>),
) -> Result<Report> {
    let tests = tests_fingerprint(chapter)?;
    learned(course, chapter, Subject::exercise(course, chapter), tests, true, stop, on)
}

/// Runs a chapter's code as `subject`, against tests with the fingerprint `tests`, and writes the result down as
/// [`chapter`] does. Which chapter the learner is at stays as it is.
///
/// # Errors
/// See [`chapter`].
pub fn chapter_as(
    course: &Course,
    chapter: &Chapter,
    subject: Subject,
    tests: String,
    stop: &Stop,
    on: &mut dyn FnMut(Event<'_>),
) -> Result<Report> {
    learned(course, chapter, subject, tests, false, stop, on)
}

fn learned(
    course: &Course,
    chapter: &Chapter,
    subject: Subject,
    tests: String,
    is_current: bool,
    stop: &Stop,
    on: &mut dyn FnMut(Event<'_>),
) -> Result<Report> {
    let alone = alone(chapter, &Progress::load(&course.root)?);
    let mut report = package(&Subject { alone, ..subject }, stop, on)?;
    if report.outcome != Outcome::Stopped {
        write_down(course, chapter, &mut report, tests, is_current)?;
    }
    Ok(report)
}

/// The tests that are not expected to pass: those that did not last time or, where they did not run, those that fail
/// at the start. And those that were slow.
fn alone(chapter: &Chapter, progress: &Progress) -> Alone {
    Alone::These(match progress.chapters.get(&chapter.id) {
        Some(entry) if entry.total > 0 => {
            entry.failing.iter().chain(&entry.not_run).chain(&entry.slow).cloned().collect()
        }
        Some(entry) => chapter.about.red.iter().chain(&entry.slow).cloned().collect(),
        None => chapter.about.red.clone(),
    })
}

fn write_down(
    course: &Course,
    chapter: &Chapter,
    report: &mut Report,
    tests: String,
    is_current: bool,
) -> Result<()> {
    let mut first_green = false;
    Progress::update(&course.root, |progress| {
        if is_current {
            progress.current = Some(chapter.id.clone());
        }
        let entry = progress.entry(&chapter.id);
        record(entry, report, tests);
        if report.outcome == Outcome::Green && entry.green_at.is_none() {
            entry.green_at = OffsetDateTime::now_utc()
                .replace_nanosecond(0)
                .ok()
                .and_then(|now| now.format(&Rfc3339).ok());
            first_green = true;
        }
    })?;
    if first_green {
        snapshots::keep(&course.root, chapter, Reason::Green)?;
    }
    report.first_green = first_green;
    Ok(())
}

fn record(entry: &mut Entry, report: &Report, tests: String) {
    entry.tests = tests;
    entry.passed = report.passed();
    entry.total = report.tests.len();
    entry.failing = report.failed().map(|test| test.name.clone()).collect();
    entry.not_run = report.not_run().map(|test| test.name.clone()).collect();
    entry.missing = report.missing().map(|missing| missing.in_short()).unwrap_or_default();
    // Where it does not compile, nothing new is known.
    if !report.tests.is_empty() {
        entry.slow = report.tests.iter().filter(|test| test.slow).map(|test| test.name.clone()).collect();
    }
    entry.errors =
        report.errors().map(|error| error.code.clone().unwrap_or_else(|| "error".into())).collect();
    entry.errors.dedup();
    if report.outcome == Outcome::DoesNotCompile && entry.errors.is_empty() {
        entry.errors.push("cargo".into());
    }
}

/// One name for the chapter's test files as they are now.
///
/// # Errors
/// When one of them cannot be read.
pub fn tests_fingerprint(chapter: &Chapter) -> Result<String> {
    Ok(files::fingerprint(&chapter.test_files()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_of_the_learner_come_before_those_that_judge_them() {
        let folder = tempfile::tempdir().unwrap();
        let exercise = folder.path().join("exercise");
        files::write(&exercise.join("src/tests/money.rs"), b"fn own() {}").unwrap();
        files::write(&exercise.join("tests/domain/killed.rs"), b"fn a_mutant() {}").unwrap();
        let subject = Subject {
            root: folder.path().to_owned(),
            package: "x".into(),
            tests: exercise.join("tests"),
            dir: exercise,
            alone: Alone::All,
            only: Vec::new(),
        };
        let name = |name: &str| Test { binary: "domain".into(), name: name.into() };
        let mut tests = [name("killed::a_mutant"), name("tests::money::own")];
        order::as_written(&mut tests, &written(&subject).unwrap());
        assert_eq!(tests.map(|test| test.name), ["tests::money::own", "killed::a_mutant"]);
    }
}
