//! Runs a chapter for the learner and writes down what came out.

use std::collections::BTreeMap;

use anyhow::Result;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    Entry, Progress,
    snapshots::{self, Reason},
};
use crate::{
    course::{Chapter, Course, rings},
    runner::{
        Alone, Outcome, Report, Stop, Subject, TestResult,
        run::{self, Taught},
    },
};

/// Runs a chapter's exercise and writes the result down; the first green keeps a snapshot.
pub fn chapter(
    course: &Course,
    chapter: &Chapter,
    stop: &Stop,
    on: &mut dyn FnMut(run::RunEvent<'_>),
) -> Result<Report> {
    let tests = chapter.tests_fingerprint()?;
    learned(course, chapter, Subject::exercise(course, chapter), tests, true, stop, on)
}

/// Runs the tests of a chapter's exercise with `filter` in their names. Nothing is written down: they are not the whole.
pub fn some(
    course: &Course,
    chapter: &Chapter,
    filter: &str,
    stop: &Stop,
    on: &mut dyn FnMut(run::RunEvent<'_>),
) -> Result<Report> {
    let mut subject = Subject::exercise(course, chapter);
    subject.filter = filter.to_owned();
    let mut report = run::package(&subject, stop, on)?;
    report.taught = taught(course, chapter, &report);
    Ok(report)
}

/// Runs a chapter's code as `subject`, against tests with the fingerprint `tests`, and writes the result down as
/// [`chapter`] does. Which chapter the learner is at stays as it is.
pub fn chapter_as(
    course: &Course,
    chapter: &Chapter,
    subject: Subject,
    tests: String,
    stop: &Stop,
    on: &mut dyn FnMut(run::RunEvent<'_>),
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
    on: &mut dyn FnMut(run::RunEvent<'_>),
) -> Result<Report> {
    let alone = alone(chapter, &Progress::load(&course.root)?);
    let mut report = run::package(&Subject { alone, ..subject }, stop, on)?;
    report.taught = taught(course, chapter, &report);
    if report.outcome != Outcome::Stopped {
        write_down(course, chapter, &mut report, tests, is_current)?;
    }
    Ok(report)
}

/// Which chapter taught the rule of each kept test that failed.
fn taught(course: &Course, chapter: &Chapter, report: &Report) -> BTreeMap<String, Taught> {
    let failed: Vec<_> = report.kept.iter().filter(|test| test.has_failed()).collect();
    if failed.is_empty() {
        return BTreeMap::new();
    }
    let ring = chapter.ring(rings::KEPT);
    let of = |test: &TestResult| {
        let teacher = course.chapter(rings::file_of(&ring, &test.name)?.folder()).ok()?;
        let taught = Taught {
            id: teacher.id.clone(),
            number: teacher.number().to_owned(),
            title: teacher.about.title.clone(),
            page: teacher.about.page.clone(),
        };
        Some((test.name.clone(), taught))
    };
    failed.into_iter().filter_map(of).collect()
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
    entry.total = report.total();
    (entry.kept_passed, entry.kept_total) = (run::passed(&report.kept), report.kept.len());
    entry.failing = report.failed().map(|test| test.name.clone()).collect();
    entry.not_run = report.not_run().map(|test| test.name.clone()).collect();
    entry.missing = report.missing().map(|missing| missing.in_short()).unwrap_or_default();
    // Where it does not compile, nothing new is known.
    if !report.tests.is_empty() {
        entry.slow = report.all().filter(|test| test.slow).map(|test| test.name.clone()).collect();
    }
    entry.errors =
        report.errors().map(|error| error.code.clone().unwrap_or_else(|| "error".into())).collect();
    entry.errors.dedup();
    if report.outcome == Outcome::DoesNotCompile && entry.errors.is_empty() {
        entry.errors.push("cargo".into());
    }
}
