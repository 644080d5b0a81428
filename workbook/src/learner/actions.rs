//! What a learner asks for, in a command, with a key or on a page: a hint, the reference, the start again.

use anyhow::{Result, bail};

use super::{FileDiff, Lock, Progress, change, snapshots, solution, text};
use crate::course::{Chapter, Course, Hint, Hints, Originals, files};

/// The chapter that was named, or the one the learner is at; the last one when all are green.
pub fn chosen<'a>(course: &'a Course, id: Option<&str>) -> Result<&'a Chapter> {
    if let Some(id) = id {
        return course.chapter(id);
    }
    let current = Progress::load(&course.root)?.current(course);
    Ok(current.unwrap_or_else(|| course.chapters.last().expect("a course has chapters")))
}

/// The chapter that was named, or the one that was worked on last, solved or not.
pub fn chosen_or_last<'a>(course: &'a Course, id: Option<&str>) -> Result<&'a Chapter> {
    let last = Progress::load(&course.root)?.current;
    chosen(course, id.or(last.as_deref()))
}

/// Keeps the starter of a workbook that came without git, before the learner changes it. A workbook that cannot be
/// written says so when the result is to be written down.
pub fn remember(course: &Course, chapter: &Chapter) {
    if let Ok(originals) = Originals::load(&course.root) {
        let _ = originals.remember(chapter);
    }
}

/// A hint, and what is to be said before it: that it is for another thing than what fits best, or for older code.
#[derive(Debug)]
pub struct Taken {
    pub hint: Hint,
    pub note: String,
}

/// The next hint for what failed in the last run, or why there is none; it is counted as shown.
pub fn take_hint(course: &Course, chapter: &Chapter) -> Result<Result<Taken, String>> {
    let hints = Hints::load(&chapter.dir)?;
    let progress = Progress::load(&course.root)?;
    let entry = progress.of(&chapter.id);
    if progress.is_green(&chapter.id) {
        return Ok(Err(format!("{} is green: there is nothing to hint at.", chapter.id)));
    }
    let Some(hint) = hints.next(entry.said.iter().chain(&entry.errors).chain(&entry.failing), &entry.hints)
    else {
        return Ok(Err(format!(
            "That were all hints for what fails now. The reference: cargo workbook solution {} --show-me",
            chapter.id
        )));
    };
    Progress::update(&course.root, |progress| {
        progress.entry(&chapter.id).hints.insert(hint.topic.clone(), hint.number);
    })?;
    let used_up =
        hint.used_up.as_ref().map(|topic| format!("That were all hints for \"{topic}\". The next one:"));
    let is_older = !entry.code.is_empty() && entry.code != chapter.code_fingerprint()?;
    let older = is_older.then(|| {
        format!("Your code has changed since the last run, and this is about that run. Run it again: cargo workbook run {}", chapter.id)
    });
    let note = used_up.into_iter().chain(older).collect::<Vec<_>>().join("\n");
    Ok(Ok(Taken { hint, note }))
}

/// The next hint, or why there is none, as text for a terminal; see [`take_hint`].
pub fn next_hint(course: &Course, chapter: &Chapter) -> Result<String> {
    Ok(take_hint(course, chapter)?.map_or_else(|none| none + "\n", |taken| text::hint(&taken)))
}

/// The reference as text for a terminal; see [`reference_diffs`].
pub fn reference(course: &Course, chapter: &Chapter, show_me: bool) -> Result<Option<String>> {
    Ok(reference_diffs(course, chapter, show_me)?.map(|diffs| text::diffs(&diffs)))
}

/// The reference as a diff, if the chapter is green or the learner asks for it expressly, which is written down.
pub fn reference_diffs(course: &Course, chapter: &Chapter, show_me: bool) -> Result<Option<Vec<FileDiff>>> {
    let green = Progress::load(&course.root)?.of(&chapter.id).green_at.is_some();
    if !green && !show_me {
        return Ok(None);
    }
    let diffs = solution::diff(chapter)?;
    if !green {
        Progress::update(&course.root, |progress| progress.entry(&chapter.id).solution_shown = true)?;
    }
    Ok(Some(diffs))
}

/// Puts the exercise back to its start, after a snapshot of what is there.
/// Where it fails, the exercise is as it was, or in the snapshot.
pub fn to_start(course: &Course, chapter: &Chapter) -> Result<String> {
    let lock = Lock::take(&course.root)?;
    let originals = Originals::load(&course.root)?;
    if originals.changed(chapter)?.is_empty() {
        return Ok(format!("{} is at its start already.", chapter.id));
    }
    let start = originals.some_files(chapter, |_| true)?;
    let changed = change::replace(&lock, chapter, &start, snapshots::RESET)?;
    Ok(format!(
        "{id} is back at its start. What you had is in {}; cargo workbook undo {id} brings it back.",
        files::relative(&course.root, &changed.snapshot),
        id = chapter.id,
    ))
}

/// Puts the exercise back to how it was before the last reset. What is there now is kept first, so that a second undo takes the
/// first one back.
pub fn take_back(course: &Course, chapter: &Chapter) -> Result<String> {
    let lock = Lock::take(&course.root)?;
    let present = files::read_all(&chapter.dir)?;
    let Some(last) = snapshots::last_change(&course.root, &chapter.id, &present)? else {
        bail!(
            "there is nothing to undo in {}: it was never reset, or is as it was before. Snapshots are made before each reset.",
            chapter.id
        );
    };
    change::replace(&lock, chapter, &snapshots::read(&last)?, snapshots::UNDO)?;
    Ok(format!("{} is as it was before the last reset. Another undo takes this one back.", chapter.id))
}
