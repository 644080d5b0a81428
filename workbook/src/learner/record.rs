//! Runs a chapter for the learner and writes down what came out.

use std::collections::BTreeMap;

use anyhow::Result;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Entry, Lock, Progress, snapshots};
use crate::{
    course::{Chapter, Course, Hints, files, rings},
    runner::{
        Alone, Outcome, Report, RunEvent, Stop, Subject, TestResult,
        run::{self, Taught},
    },
};

/// Runs a chapter's code as `subject`. Nothing is written down.
pub fn run(
    course: &Course,
    chapter: &Chapter,
    mut subject: Subject,
    stop: &Stop,
    on: &mut dyn FnMut(RunEvent),
) -> Result<Report> {
    if subject.filter.is_empty() {
        subject.alone = alone(chapter, &Progress::load(&course.root)?);
    }
    let mut report = run::package(&subject, stop, on)?;
    report.taught = taught(course, chapter, &report);
    Ok(report)
}

/// Runs the tests of a chapter's exercise with `filter` in their names. Without one they are the whole: the result is [written
/// down](write_down), and the chapter is the current one.
pub fn exercise(
    course: &Course,
    chapter: &Chapter,
    filter: &str,
    stop: &Stop,
    on: &mut dyn FnMut(RunEvent),
) -> Result<Report> {
    let subject = Subject { filter: filter.to_owned(), ..Subject::exercise(course, chapter) };
    if !filter.is_empty() {
        return run(course, chapter, subject, stop, on);
    }
    course.can_be_built()?;
    let ran = Ran { tests: chapter.tests_fingerprint()?, code: chapter.code_fingerprint()? };
    let mut report = run(course, chapter, subject, stop, on)?;
    write_down(course, chapter, &mut report, ran, true)?;
    Ok(report)
}

/// Which chapter taught the rule of each kept test that failed.
fn taught(course: &Course, chapter: &Chapter, report: &Report) -> BTreeMap<String, Taught> {
    let mut failed = report.kept.iter().filter(|test| test.has_failed()).peekable();
    // To read the ring's files takes a while.
    let ring = if failed.peek().is_some() { chapter.ring(rings::KEPT) } else { Vec::new() };
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
    failed.filter_map(of).collect()
}

/// The tests that are not expected to pass: those that did not last time or, where they did not run, those that fail
/// at the start. And those that were slow.
fn alone(chapter: &Chapter, progress: &Progress) -> Alone {
    let Entry { total, failing, not_run, slow, .. } = progress.of(&chapter.id);
    let red = if total > 0 { [failing, not_run].concat() } else { chapter.about.red.clone() };
    Alone::These([red, slow].concat())
}

/// What a run was made of, as fingerprints taken before it: see [`Chapter`].
#[derive(Debug)]
pub struct Ran {
    pub tests: String,
    pub code: String,
}

/// Writes down what came out of a run, unless it was stopped. The first green keeps a snapshot.
pub fn write_down(
    course: &Course,
    chapter: &Chapter,
    report: &mut Report,
    ran: Ran,
    is_current: bool,
) -> Result<()> {
    if report.outcome == Outcome::Stopped {
        return Ok(());
    }
    let lock = Lock::take(&course.root)?;
    let first = Progress::load(&course.root)?.of(&chapter.id).green_at.is_none();
    report.first_green = report.outcome == Outcome::Green && first;
    if report.first_green {
        // Before it is written down: killed in between, it is green for the first time once more.
        let files = files::read_all(&chapter.dir)?;
        snapshots::keep(&lock, &chapter.id, &files, &[], &chapter.dir, snapshots::GREEN)?;
    }
    // Hints that are not in order are for `cargo gates` to say.
    let said = Hints::load(&chapter.dir).map_or_else(|_| Vec::new(), |hints| said(&hints, report));
    Progress::update_under(&lock, |progress| {
        if is_current {
            progress.current = Some(chapter.id.clone());
        }
        let entry = progress.entry(&chapter.id);
        record(entry, report, ran);
        entry.said = said;
        if report.first_green {
            let now = OffsetDateTime::now_utc().replace_nanosecond(0).ok();
            entry.green_at = now.and_then(|now| now.format(&Rfc3339).ok());
        }
    })?;
    Ok(())
}

/// The texts of hints in what the learner reads first: the compiler's errors, or the first failure.
fn said(hints: &Hints, report: &Report) -> Vec<String> {
    let errors = report.errors().map(|error| anstream::adapter::strip_str(&error.rendered).to_string());
    let failure = report.failed().next().map(|test| test.output.clone());
    errors.chain(failure).flat_map(|message| hints.said(&message).cloned().collect::<Vec<_>>()).collect()
}

fn record(entry: &mut Entry, report: &Report, ran: Ran) {
    (entry.tests, entry.code) = (ran.tests, ran.code);
    entry.passed = report.passed();
    entry.total = report.total();
    (entry.kept_passed, entry.kept_total) = (run::passed(&report.kept), report.kept.len());
    let broke = report.kept.iter().filter(|test| test.has_failed());
    entry.kept_failing = broke.map(|test| test.name.clone()).collect();
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
