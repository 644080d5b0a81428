//! Runs the tests of one package.

use std::path::{Path, PathBuf};

use anyhow::Result;
use local_postgres::NotRun;
use serde::Serialize;

use crate::{
    course::{
        self, Chapter, Course,
        files::{self, Files},
    },
    runner::{
        cargo::{self, Build, BuildEnd, Diagnostic, Level},
        harness::{self, Alone, Place, Test, TestResult, TestStatus},
        process::Stop,
        test_order,
    },
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
pub enum RunEvent<'a> {
    Build(cargo::BuildEvent<'a>),
    /// It compiles; these tests are about to run, in this order.
    Tests(&'a [Test]),
    Test(&'a TestResult),
}

impl Report {
    /// The tests that failed.
    pub fn failed(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|test| matches!(test.status, TestStatus::Failed | TestStatus::TimedOut))
    }

    pub fn passed(&self) -> usize {
        self.tests.iter().filter(|test| test.status == TestStatus::Passed).count()
    }

    /// The tests that cannot run here.
    pub fn not_run(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|test| test.status == TestStatus::NotRun)
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
pub fn package(subject: &Subject, stop: &Stop, on: &mut dyn FnMut(RunEvent<'_>)) -> Result<Report> {
    let Subject { root, package, .. } = subject;
    let build = cargo::build_tests(root, package, stop, &mut |event| on(RunEvent::Build(event)))?;
    built(subject, build, stop, on)
}

/// Runs the tests of a package that has been built.
///
/// # Errors
/// When a test binary cannot be started.
pub fn built(
    subject: &Subject,
    build: Build,
    stop: &Stop,
    on: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Report> {
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
    test_order::as_written(&mut tests, &written(subject)?);
    on(RunEvent::Tests(&tests));
    report.tests =
        harness::run(&tests, alone, &surroundings, stop, &mut |result| on(RunEvent::Test(result)))?;
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
        test_order::as_written(&mut tests, &written(&subject).unwrap());
        assert_eq!(tests.map(|test| test.name), ["tests::money::own", "killed::a_mutant"]);
    }
}
