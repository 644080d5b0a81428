//! Runs the tests of one package.

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::Result;
use local_postgres::NotRun;
use serde::Serialize;

use crate::{
    course::{self, Chapter, Course, rings},
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
    /// Of the chapter's ring, in the order in which they are written; empty when it does not compile.
    pub tests: Vec<TestResult>,
    /// Of the kept ring, likewise; empty where the chapter has none, or it was not run.
    pub kept: Vec<TestResult>,
    /// For each kept test that failed, the chapter that taught its rule.
    pub taught: BTreeMap<String, Taught>,
    /// Errors first.
    pub diagnostics: Vec<Diagnostic>,
    /// What Cargo said when it could not even begin; otherwise empty.
    pub complaint: String,
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
    fn target(self) -> &'static str {
        match self {
            Self::Chapter => "chapter",
            Self::Kept => "kept",
        }
    }

    fn root(self) -> &'static str {
        match self {
            Self::Chapter => rings::CHAPTER,
            Self::Kept => rings::KEPT,
        }
    }
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
    Tests(Ring, &'a [Test]),
    Test(Ring, &'a TestResult),
    /// The chapter's ring has been run. The kept ring, if there is one, is built next.
    Chapter(&'a Report),
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

    /// The tests that failed.
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
}

/// How many of these passed.
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
    /// The folder of the exercise whose tests it has; they decide in which order the tests run.
    pub tests: PathBuf,
    /// Whether it has a kept ring.
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
            tests: chapter.dir.join("tests"),
            kept: chapter.dir.join(rings::KEPT).is_file(),
            alone: Alone::All,
            only: Vec::new(),
            filter: String::new(),
        }
    }

    fn has(&self, test: &str) -> bool {
        (self.only.is_empty() || self.only.iter().any(|name| course::matches(name, test)))
            && test.contains(&self.filter)
    }

    /// A chapter's solution, with the exercise's tests, each alone.
    pub fn solution(course: &Course, chapter: &Chapter) -> Self {
        let package = format!("{}-solution", chapter.id);
        Self { package, dir: chapter.solution_dir.clone(), ..Self::exercise(course, chapter) }
    }
}

/// Builds and runs the tests of a package: the chapter's ring and, once its result has been told, the kept ring.
/// Code that does not compile and tests that fail are outcomes, and no errors.
pub fn package(subject: &Subject, stop: &Stop, on: &mut dyn FnMut(RunEvent<'_>)) -> Result<Report> {
    let mut report = ring(subject, Ring::Chapter, stop, on)?;
    if !matches!(report.outcome, Outcome::DoesNotCompile | Outcome::Stopped) {
        on(RunEvent::Chapter(&report));
        if subject.kept {
            report.add(ring(subject, Ring::Kept, stop, on)?);
        }
    }
    Ok(report)
}

fn ring(subject: &Subject, ring: Ring, stop: &Stop, on: &mut dyn FnMut(RunEvent<'_>)) -> Result<Report> {
    let Subject { root, package, .. } = subject;
    let build =
        cargo::build_test(root, package, ring.target(), stop, &mut |event| on(RunEvent::Build(event)))?;
    run_tests(subject, ring, build, stop, on)
}

/// Runs the tests of a ring that has been built.
pub fn run_tests(
    subject: &Subject,
    ring: Ring,
    build: Build,
    stop: &Stop,
    on: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Report> {
    let Subject { root, package, dir, alone, .. } = subject;
    let mut report = Report {
        id: package.clone(),
        outcome: Outcome::DoesNotCompile,
        tests: Vec::new(),
        kept: Vec::new(),
        taught: BTreeMap::new(),
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
    tests.retain(|test| subject.has(&test.name));
    test_order::as_written(&mut tests, &subject.dir, &subject.tests, ring.root());
    on(RunEvent::Tests(ring, &tests));
    report.tests =
        harness::run(&tests, alone, &surroundings, stop, &mut |result| on(RunEvent::Test(ring, result)))?;
    report.outcome = match () {
        () if stop.is_set() => Outcome::Stopped,
        // A package without a test has nothing to be green about.
        () if report.tests.is_empty() && subject.filter.is_empty() => Outcome::Red,
        () if report.failed().next().is_some() => Outcome::Red,
        () if report.not_run().next().is_some() => Outcome::NotRun,
        () => Outcome::Green,
    };
    Ok(report)
}

impl Report {
    /// Adds what came out of the kept ring.
    fn add(&mut self, kept: Self) {
        let rank = |outcome| match outcome {
            Outcome::Green => 0,
            Outcome::NotRun => 1,
            Outcome::Red => 2,
            Outcome::DoesNotCompile => 3,
            Outcome::Stopped => 4,
        };
        if kept.outcome == Outcome::DoesNotCompile {
            (self.diagnostics, self.complaint) = (kept.diagnostics, kept.complaint);
        }
        if rank(kept.outcome) > rank(self.outcome) {
            self.outcome = kept.outcome;
        }
        self.kept = kept.tests;
    }
}
