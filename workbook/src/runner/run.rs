//! Runs the tests of one package.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Result;
use local_postgres::NotRun;
use serde::Serialize;

use crate::{
    course::{self, Chapter, Course, rings},
    runner::{
        cargo::{self, Build, BuildEnd, BuildEvent, Diagnostic, Level},
        harness::{self, Alone, Place, Test, TestResult, TestStatus},
        process::Stop,
        test_order,
    },
};

#[derive(Debug, Clone, Default)]
pub struct Report {
    pub id: String,
    pub outcome: Outcome,
    /// Of the chapter's ring, in the order in which they are written; empty when it does not compile.
    pub tests: Vec<TestResult>,
    /// Of the kept ring, likewise; empty where the chapter has none, or it was not run.
    pub kept: Vec<TestResult>,
    /// How many tests were not wanted: see [`Subject::filter`].
    pub left_out: usize,
    /// For each kept test that failed, the chapter that taught its rule.
    pub taught: BTreeMap<String, Taught>,
    /// Errors first.
    pub diagnostics: Vec<Diagnostic>,
    /// What Cargo said when it could not even begin; otherwise empty.
    pub complaint: String,
    /// How long the tests ran, of both rings; the builds are not in it.
    pub took: Duration,
    /// Whether this run was the first green one.
    pub first_green: bool,
}

/// A chapter as a test that failed names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taught {
    pub id: String,
    pub number: String,
    pub title: String,
    /// Relative to `book/`.
    pub page: String,
}

/// What is tested first, and what after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ring {
    /// What the chapter asks for.
    Chapter,
    /// What of the chapters before still holds.
    Kept,
}

impl Ring {
    /// Its test target, and the root of that.
    fn target(self) -> (&'static str, &'static str) {
        match self {
            Self::Chapter => ("chapter", rings::CHAPTER),
            Self::Kept => ("kept", rings::KEPT),
        }
    }
}

/// A run in one word. Of two rings it is the later one of these words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Green,
    /// No test failed, and at least one says that it cannot run here.
    NotRun,
    Red,
    #[default]
    DoesNotCompile,
    Stopped,
}

#[derive(Debug)]
pub enum RunEvent {
    Build(BuildEvent),
    /// It compiles; these tests are about to run, in this order.
    Tests(Ring, Vec<Test>),
    Test(Ring, TestResult),
    /// The chapter's ring has been run. The kept ring, if there is one, is built next.
    Chapter(Report),
}

impl Report {
    /// The tests of both rings, the chapter's first.
    pub fn all(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().chain(&self.kept)
    }

    /// How many tests were run, of both rings.
    pub fn total(&self) -> usize {
        self.tests.len() + self.kept.len()
    }

    pub fn failed(&self) -> impl Iterator<Item = &TestResult> {
        self.all().filter(|test| test.has_failed())
    }

    pub fn passed(&self) -> usize {
        passed(&self.tests) + passed(&self.kept)
    }

    /// The tests that cannot run here.
    pub fn not_run(&self) -> impl Iterator<Item = &TestResult> {
        self.all().filter(|test| test.status == TestStatus::NotRun)
    }

    /// What they miss, as the first of them says it.
    pub fn missing(&self) -> Option<NotRun> {
        self.not_run().find_map(TestResult::not_run)
    }

    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error)
    }

    /// Adds what came out of the kept ring.
    fn add(&mut self, kept: Self) {
        if kept.outcome == Outcome::DoesNotCompile {
            (self.diagnostics, self.complaint) = (kept.diagnostics, kept.complaint);
        }
        self.outcome = self.outcome.max(kept.outcome);
        self.kept = kept.tests;
        self.left_out += kept.left_out;
        self.took += kept.took;
    }
}

pub fn passed(tests: &[TestResult]) -> usize {
    tests.iter().filter(|test| test.status == TestStatus::Passed).count()
}

/// A package whose tests can be run: an exercise, a solution, or a changed copy of one.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The workspace it is in.
    pub root: PathBuf,
    pub package: String,
    pub dir: PathBuf,
    /// The folder of the exercise whose tests it has; in which order they stand there, they run.
    pub exercise: PathBuf,
    pub kept: bool,
    /// Which of them run in a process of their own from the start.
    pub alone: Alone,
    /// The tests that are run, by name or by the name of their table; none named: all.
    pub only: Vec<String>,
    /// Of those, the ones with this in their name.
    pub filter: String,
}

impl Subject {
    /// A chapter's exercise, each test alone.
    pub fn exercise(course: &Course, chapter: &Chapter) -> Self {
        Self {
            root: course.root.clone(),
            package: chapter.id.clone(),
            dir: chapter.dir.clone(),
            exercise: chapter.dir.clone(),
            kept: chapter.dir.join(rings::KEPT).is_file(),
            alone: Alone::All,
            only: Vec::new(),
            filter: String::new(),
        }
    }

    /// A chapter's solution, with the exercise's tests, each alone.
    pub fn solution(course: &Course, chapter: &Chapter) -> Self {
        let package = format!("{}-solution", chapter.id);
        Self { package, dir: chapter.solution_dir.clone(), ..Self::exercise(course, chapter) }
    }

    fn has(&self, test: &str) -> bool {
        let is_named = self.only.is_empty() || self.only.iter().any(|name| course::matches(name, test));
        is_named && test.contains(&self.filter)
    }
}

/// Builds and runs the tests of a package: the chapter's ring and, once its result has been told, the kept ring.
/// Code that does not compile and tests that fail are outcomes, and no errors.
pub fn package(subject: &Subject, stop: &Stop, on: &mut dyn FnMut(RunEvent)) -> Result<Report> {
    let Subject { root, package, .. } = subject;
    let ring = |ring: Ring, on: &mut dyn FnMut(RunEvent)| {
        let (target, _) = ring.target();
        let build = cargo::build_test(root, package, target, stop, &mut |event| on(RunEvent::Build(event)))?;
        run_tests(subject, ring, build, stop, on)
    };
    let mut report = ring(Ring::Chapter, on)?;
    if report.outcome < Outcome::DoesNotCompile {
        on(RunEvent::Chapter(report.clone()));
        if subject.kept {
            report.add(ring(Ring::Kept, on)?);
        }
    }
    Ok(report)
}

/// Runs the tests of a ring that has been built.
pub fn run_tests(
    subject: &Subject,
    ring: Ring,
    build: Build,
    stop: &Stop,
    on: &mut dyn FnMut(RunEvent),
) -> Result<Report> {
    let Subject { root, package, dir, exercise, alone, .. } = subject;
    let mut report = Report {
        id: package.clone(),
        diagnostics: build.diagnostics,
        complaint: build.complaint,
        ..Report::default()
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
    let all = tests.len();
    tests.retain(|test| subject.has(&test.name));
    report.left_out = all - tests.len();
    test_order::as_written(&mut tests, dir, exercise, ring.target().1);
    on(RunEvent::Tests(ring, tests.clone()));
    let started = Instant::now();
    report.tests = harness::run(&tests, alone, &surroundings, stop, &mut |result| {
        on(RunEvent::Test(ring, result.clone()));
    })?;
    report.took = started.elapsed();
    report.outcome = match () {
        () if stop.is_set() => Outcome::Stopped,
        // A package without a test has nothing to be green about.
        () if report.total() + report.left_out == 0 && ring == Ring::Chapter => Outcome::Red,
        () if report.failed().next().is_some() => Outcome::Red,
        () if report.not_run().next().is_some() => Outcome::NotRun,
        () => Outcome::Green,
    };
    Ok(report)
}
