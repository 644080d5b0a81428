//! A run as a page shows it: the whole picture after each of its events, so that a page which missed some needs only the newest.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::{
    learner::editor::{Editor, Place},
    runner::{
        BuildEvent, Diagnostic, Level, Outcome, Report, Ring, RunEvent, TestResult, TestStatus, run::Taught,
    },
    serve::ansi,
    terminal::results,
};

/// One run, so far. As JSON it is what the event `run` carries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Run {
    pub id: String,
    pub phase: Phase,
    /// Once it is done.
    pub outcome: Option<Outcome>,
    pub passed: usize,
    /// How many tests there are; 0 until it compiles.
    pub total: usize,
    pub elapsed_ms: u128,
    /// In the order in which they are written; empty until it compiles.
    pub tests: Vec<ShownTest>,
    /// Why tests could not run on this machine and, from the second line on, what to do about it.
    pub missing: Option<String>,
    /// Of the tests that failed so far, the first in that order.
    pub failure: Option<Failure>,
    /// Errors first.
    pub diagnostics: Vec<Said>,
    /// Whether this run was the first green one of its chapter.
    pub first_green: bool,
    /// The kept ring, from when it has been built; `tests`, `passed`, `total` and `failure` are of the chapter's ring.
    pub kept: Option<Kept>,
}

/// The tests of the chapters before that still hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub passed: usize,
    pub total: usize,
    /// Those that failed, once the run is done.
    pub failures: Vec<KeptFailure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptFailure {
    #[serde(flatten)]
    pub failure: Failure,
    /// The chapter that taught the rule.
    pub chapter: Option<Taught>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    #[default]
    Building,
    Testing,
    Done,
    /// It ended without a result.
    Stopped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownTest {
    pub name: String,
    pub status: ShownStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownStatus {
    /// It has not ended, and perhaps not begun.
    Running,
    #[serde(untagged)]
    Ended(TestStatus),
}

/// A test that failed, as the terminal shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    pub name: String,
    /// Plain text.
    pub message: String,
    /// Where it panicked, if that is in the workbook.
    pub place: Option<Place>,
}

/// What the compiler, or Cargo, said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    pub level: Level,
    pub code: Option<String>,
    pub message: String,
    /// As the compiler shows it; see [`ansi::html`].
    pub html: String,
    pub place: Option<Place>,
}

#[derive(Debug)]
pub struct Live {
    pub run: Run,
    editor: Editor,
}

impl Live {
    pub fn new(id: &str, editor: Editor) -> Self {
        Self { run: Run { id: id.to_owned(), ..Run::default() }, editor }
    }

    /// Takes an event that came so long after the start in. Whether that changed the run.
    pub fn take(&mut self, event: &RunEvent, elapsed: Duration) -> bool {
        let run = &mut self.run;
        match event {
            RunEvent::Build(BuildEvent::Diagnostic(diagnostic)) => {
                // Each ring is built for itself, and the crate's warnings come with both.
                let said = said(diagnostic, &self.editor);
                if run.diagnostics.contains(&said) {
                    return false;
                }
                run.diagnostics.push(said);
                run.diagnostics.sort_by_key(|said| said.level);
            }
            RunEvent::Build(BuildEvent::Crate { .. } | BuildEvent::Waiting) => return false,
            RunEvent::Tests(Ring::Kept, tests) => {
                run.kept = Some(Kept { total: tests.len(), ..Kept::default() });
            }
            RunEvent::Test(Ring::Kept, result) => {
                if let Some(kept) = &mut run.kept {
                    kept.passed += usize::from(result.status == TestStatus::Passed);
                }
            }
            RunEvent::Chapter(_) => {}
            RunEvent::Tests(Ring::Chapter, tests) => {
                run.phase = Phase::Testing;
                run.total = tests.len();
                let names = tests.iter().map(|test| test.name.clone());
                run.tests = names.map(|name| ShownTest { name, status: ShownStatus::Running }).collect();
            }
            RunEvent::Test(Ring::Chapter, result) => self.tested(result),
        }
        self.run.elapsed_ms = elapsed.as_millis();
        true
    }

    fn tested(&mut self, result: &TestResult) {
        let run = &mut self.run;
        let waits = |test: &ShownTest| test.status == ShownStatus::Running && test.name == result.name;
        let Some(at) = run.tests.iter().position(waits) else { return };
        run.tests[at].status = ShownStatus::Ended(result.status);
        run.passed += usize::from(result.status == TestStatus::Passed);
        if let Some(not_run) = result.not_run() {
            run.missing.get_or_insert_with(|| not_run.in_short());
        }
        let fails = [TestStatus::Failed, TestStatus::TimedOut].map(ShownStatus::Ended);
        if run.tests.iter().position(|test| fails.contains(&test.status)) == Some(at) {
            run.failure = Some(failure(result, &self.editor));
        }
    }

    /// Takes what came out at the end in, and returns the run.
    pub fn end(&mut self, result: &Result<Report>, elapsed: Duration) -> &Run {
        let run = &mut self.run;
        run.elapsed_ms = elapsed.as_millis();
        run.phase = Phase::Done;
        match result {
            Ok(report) if report.outcome == Outcome::Stopped => run.phase = Phase::Stopped,
            Ok(report) => {
                run.outcome = Some(report.outcome);
                run.first_green = report.first_green;
                if let Some(kept) = &mut run.kept {
                    let shown = |test: &TestResult| {
                        let chapter = report.taught.get(&test.name).cloned();
                        KeptFailure { failure: failure(test, &self.editor), chapter }
                    };
                    let failed = report.kept.iter().filter(|test| test.has_failed());
                    kept.failures = failed.map(shown).collect();
                }
                if report.outcome == Outcome::DoesNotCompile && report.errors().next().is_none() {
                    run.diagnostics.insert(0, complaint(&report.complaint));
                }
            }
            Err(error) => {
                run.phase = Phase::Stopped;
                run.diagnostics.insert(0, complaint(&format!("{error:#}")));
            }
        }
        run
    }
}

fn said(diagnostic: &Diagnostic, editor: &Editor) -> Said {
    let place = diagnostic.place.as_ref();
    Said {
        level: diagnostic.level,
        code: diagnostic.code.clone(),
        message: diagnostic.message.clone(),
        html: ansi::html(&diagnostic.rendered),
        place: place.and_then(|(file, line, column)| editor.place(file, *line, *column)),
    }
}

/// What is no diagnostic of the compiler, in the place of one.
fn complaint(text: &str) -> Said {
    let message = text.lines().next().unwrap_or_default().to_owned();
    Said { level: Level::Error, code: None, message, html: ansi::html(text), place: None }
}

fn failure(result: &TestResult, editor: &Editor) -> Failure {
    let message = results::message(&anstream::adapter::strip_str(&result.output).to_string());
    let place = message.lines().find_map(|line| panicked_at(line, editor));
    Failure { name: result.name.clone(), message, place }
}

/// The place in a line `panicked at FILE:LINE:COLUMN:`.
fn panicked_at(line: &str, editor: &Editor) -> Option<Place> {
    let place = line.strip_prefix("panicked at ")?.strip_suffix(':')?;
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    editor.place(file, line.parse().ok()?, column.parse().ok()?)
}

#[cfg(test)]
mod tests;
