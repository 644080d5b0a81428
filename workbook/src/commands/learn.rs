//! The learner's commands that answer at once: run, list, status, hint, solution, reset, undo.
//!
//! What they say is made by functions that return text, because the keys of `watch` say the same.

use anstream::{print, println};
use anyhow::Result;
use indicatif::MultiProgress;

use crate::{
    cli::{Format, Verdict},
    commands::terminal_width,
    course::{Chapter, Course},
    hints::{Hints, Next},
    pristine::Pristine,
    process::Stop,
    progress::Progress,
    report_stream::Stream,
    run::{self, Outcome, Report},
    show, snapshots,
    solution::{self, FileDiff},
    status::Status,
};

/// The chapter that was named, or the one the learner is at; the last one when all are green.
///
/// # Errors
/// When there is no such chapter, or the progress cannot be read.
pub fn chosen<'a>(course: &'a Course, id: Option<&str>) -> Result<&'a Chapter> {
    match id {
        Some(id) => course.chapter(id),
        None => {
            let current = Progress::load(&course.root)?.current(course);
            Ok(current.unwrap_or_else(|| course.chapters.last().expect("a course has chapters")))
        }
    }
}

/// `run`.
///
/// # Errors
/// See [`run::chapter`].
pub fn run(course: &Course, id: Option<&str>, all: bool) -> Verdict {
    let chapter = chosen(course, id)?;
    remember(course, chapter);
    let stop = Stop::on_interrupt();
    println!("{}", show::heading(chapter));
    let mut stream = Stream::new(&course.root, chapter, "exercise", MultiProgress::new());
    let report = run::chapter(course, chapter, &stop, &mut |event| {
        if let Some(text) = stream.take(event) {
            print!("{text}");
        }
    })?;
    drop(stream);
    print!("{}", show::report(&report, all));
    println!("{}", next_step(course, &report, all)?);
    Ok(report.outcome == Outcome::Green)
}

/// Keeps the starter of a workbook that came without git, before the learner changes it. A workbook that cannot be
/// written says so when the result is to be written down.
pub fn remember(course: &Course, chapter: &Chapter) {
    if let Ok(pristine) = Pristine::load(&course.root) {
        let _ = pristine.remember(chapter);
    }
}

/// What to do after a run.
fn next_step(course: &Course, report: &Report, all: bool) -> Result<String> {
    Ok(match report.outcome {
        Outcome::Green => match Progress::load(&course.root)?.current(course) {
            Some(next) => format!("Next: {} (book/{})", next.command(), next.about.page),
            None => "You have solved every chapter.".to_owned(),
        },
        Outcome::Stopped => String::new(),
        Outcome::Red if !all && report.failed().count() > 1 => {
            format!("Stuck? cargo workbook hint {0}   All failures: cargo workbook run {0} --all", report.id)
        }
        Outcome::NotRun => format!("Then run them again: cargo workbook run {}", report.id),
        Outcome::Red | Outcome::DoesNotCompile => format!("Stuck? cargo workbook hint {}", report.id),
    })
}

/// `list`.
///
/// # Errors
/// See [`Status::load`].
pub fn list(course: &Course) -> Verdict {
    print!("{}", show::list(&Status::load(course)?, terminal_width()));
    Ok(true)
}

/// `status`.
///
/// # Errors
/// See [`Status::load`].
pub fn status(course: &Course, format: Format) -> Verdict {
    let status = Status::load(course)?;
    if format == Format::Json {
        println!("{}", status.json()?);
        return Ok(true);
    }
    println!("{}", show::bar(&status, terminal_width()));
    match status.chapters.iter().find(|chapter| Some(&chapter.id) == status.current.as_ref()) {
        Some(chapter) => {
            println!("You are at {} {}: {}.", chapter.number, chapter.id, chapter.words());
            if let Some(missing) = &chapter.missing {
                println!("Not run: {missing}");
            }
        }
        None => println!("You have solved every chapter."),
    }
    Ok(true)
}

/// `hint`.
///
/// # Errors
/// See [`next_hint`].
pub fn hint(course: &Course, id: Option<&str>) -> Verdict {
    print!("{}", next_hint(course, chosen(course, id)?)?);
    Ok(true)
}

/// The next hint for what failed in the last run, as text; it is counted as shown.
///
/// # Errors
/// See [`take_hint`].
pub fn next_hint(course: &Course, chapter: &Chapter) -> Result<String> {
    Ok(match take_hint(course, chapter, show::hint)? {
        Hinted::Hint(text) => text,
        Hinted::None(text) => text + "\n",
    })
}

/// What there was to hint at.
pub enum Hinted<T> {
    Hint(T),
    /// No hint, and why.
    None(String),
}

/// The next hint for what failed in the last run, told by `tell`; it is counted as shown.
///
/// # Errors
/// When `hints.md` or the progress cannot be read, or the progress not written.
pub fn take_hint<T>(
    course: &Course,
    chapter: &Chapter,
    tell: impl FnOnce(&Next<'_>) -> T,
) -> Result<Hinted<T>> {
    let hints = Hints::load(&chapter.dir)?;
    let progress = Progress::load(&course.root)?;
    let entry = progress.chapters.get(&chapter.id).cloned().unwrap_or_default();
    if progress.is_green(&chapter.id) {
        return Ok(Hinted::None(format!("{} is green: there is nothing to hint at.", chapter.id)));
    }
    let Some(next) = hints.next(&entry) else {
        return Ok(Hinted::None(format!(
            "That were all hints for what fails now. The reference: cargo workbook solution {} --show-me",
            chapter.id
        )));
    };
    Progress::update(&course.root, |progress| {
        progress.entry(&chapter.id).hints.insert(next.topic.title.clone(), next.number);
    })?;
    Ok(Hinted::Hint(tell(&next)))
}

/// `solution`.
///
/// # Errors
/// See [`reference`].
pub fn solution(course: &Course, id: Option<&str>, show_me: bool) -> Verdict {
    let chapter = chosen_or_last(course, id)?;
    match reference(course, chapter, show_me)? {
        Some(text) => print!("{text}"),
        None => {
            println!(
                "{id} is not green yet. The hints may be enough: cargo workbook hint {id}\n\
                 To see the reference all the same (it is written down): cargo workbook solution {id} --show-me",
                id = chapter.id
            );
            return Ok(false);
        }
    }
    Ok(true)
}

/// The chapter that was named, or the one that was worked on last, solved or not.
///
/// # Errors
/// When there is no such chapter, or the progress cannot be read.
pub fn chosen_or_last<'a>(course: &'a Course, id: Option<&str>) -> Result<&'a Chapter> {
    let last = Progress::load(&course.root)?.current;
    match id.or(last.as_deref()) {
        Some(id) => course.chapter(id),
        None => chosen(course, None),
    }
}

/// The reference as text for a terminal; see [`reference_diffs`].
///
/// # Errors
/// See [`reference_diffs`].
pub fn reference(course: &Course, chapter: &Chapter, show_me: bool) -> Result<Option<String>> {
    Ok(reference_diffs(course, chapter, show_me)?.map(|diffs| show::diffs(&diffs)))
}

/// The reference as a diff, if the chapter is green or the learner asks for it expressly, which is written down.
///
/// # Errors
/// When a file or the progress cannot be read, or the progress not written.
pub fn reference_diffs(course: &Course, chapter: &Chapter, show_me: bool) -> Result<Option<Vec<FileDiff>>> {
    let green =
        Progress::load(&course.root)?.chapters.get(&chapter.id).is_some_and(|entry| entry.green_at.is_some());
    if !green && !show_me {
        return Ok(None);
    }
    let diffs = solution::diff(chapter)?;
    if !green {
        Progress::update(&course.root, |progress| progress.entry(&chapter.id).solution_shown = true)?;
    }
    Ok(Some(diffs))
}

/// `reset`.
///
/// # Errors
/// See [`to_start`].
pub fn reset(course: &Course, id: Option<&str>) -> Verdict {
    println!("{}", to_start(course, chosen_or_last(course, id)?)?);
    Ok(true)
}

/// Puts the exercise back to its start, after a snapshot of what is there.
///
/// # Errors
/// When the starter is not found or a file cannot be written; the exercise is then as it was, or in the snapshot.
pub fn to_start(course: &Course, chapter: &Chapter) -> Result<String> {
    let pristine = Pristine::load(&course.root)?;
    if pristine.changed(chapter)?.is_empty() {
        return Ok(format!("{} is at its start already.", chapter.id));
    }
    let start = pristine.files(chapter)?;
    let snapshot = snapshots::keep(&course.root, chapter, snapshots::Reason::Reset)?;
    crate::files::replace_all(&chapter.dir, &start)?;
    Ok(format!(
        "{id} is back at its start. What you had is in {}; cargo workbook undo {id} brings it back.",
        crate::files::relative(&course.root, &snapshot),
        id = chapter.id,
    ))
}

/// `undo`.
///
/// # Errors
/// See [`take_back`].
pub fn undo(course: &Course, id: Option<&str>) -> Verdict {
    println!("{}", take_back(course, chosen_or_last(course, id)?)?);
    Ok(true)
}

/// Takes the last reset back.
///
/// # Errors
/// See [`snapshots::undo`].
pub fn take_back(course: &Course, chapter: &Chapter) -> Result<String> {
    snapshots::undo(&course.root, chapter)?;
    Ok(format!("{} is as it was before the last reset. Another undo takes this one back.", chapter.id))
}
