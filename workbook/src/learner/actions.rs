//! What a learner asks for, in a command, with a key or on a page: a hint, the reference, the start again.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Editor, FileDiff, Lock, Progress, change, snapshots, solution, text, update};
use crate::course::{Chapter, Course, Hint, Hints, Originals, files, versions};

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

/// Opens the file that the chapter asks to change in the learner's editor.
pub fn open(course: &Course, chapter: &Chapter) -> Result<String> {
    let editor = Editor::load(&course.root)?;
    let mut paths = chapter.about.edit.iter().map(|file| format!("exercises/{}/{file}", chapter.folder));
    let Some(first) = paths.next() else { bail!("{} names no file to change.", chapter.id) };
    let link = editor.link(&first, 1, 1);
    opener::open(&link).with_context(|| {
        format!("the editor cannot be opened. The file is {first}. Where another editor is yours, name it: {CONFIGURE}")
    })?;
    let others: Vec<_> = paths.collect();
    let others =
        if others.is_empty() { others.concat() } else { format!("\nAlso to change: {}", others.join(", ")) };
    Ok(format!("{first} is opened by {link}{others}\nNo editor there? {CONFIGURE}"))
}

const CONFIGURE: &str = "See \"In the page\" of book/how-to-use.md: .workbook/config.toml names your editor";

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
            "Those were all the hints for what fails now. The reference: cargo workbook solution {} --show-me",
            chapter.id
        )));
    };
    Progress::update(&course.root, |progress| {
        progress.entry(&chapter.id).hints.insert(hint.topic.clone(), hint.number);
    })?;
    let used_up =
        hint.used_up.as_ref().map(|topic| format!("Those were all the hints for \"{topic}\". The next one:"));
    let is_older = !entry.code.is_empty() && entry.code != chapter.code_fingerprint()?;
    let older = is_older.then(|| {
        format!("Your code has changed since the last run, and this is about that run. Run it again: cargo workbook run {}", chapter.id)
    });
    let note = used_up.into_iter().chain(older).collect::<Vec<_>>().join("\n");
    Ok(Ok(Taken { hint, note }))
}

/// The next hint, or why there is none, as text for a terminal; see [`take_hint`].
pub fn next_hint(course: &Course, chapter: &Chapter) -> Result<String> {
    Ok(take_hint(course, chapter)?
        .map_or_else(|none| none + "\n", |taken| text::hint(&taken.note, &taken.hint)))
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
    let changed = change::replace(&lock, chapter, &start, &chapter.dir, snapshots::RESET)?;
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
    let Some(last) = last_change(course, chapter)? else {
        bail!(
            "there is nothing to undo in {}: it was never reset, or is as it was before. Snapshots are made before each reset.",
            chapter.id
        );
    };
    change::replace(&lock, chapter, &snapshots::read(&last)?.files, &last, snapshots::UNDO)?;
    Ok(format!("{} is as it was before the last reset. Another undo takes this one back.", chapter.id))
}

/// Puts the workbook back to how it was before the last update, likewise.
pub fn take_update_back(root: &Path) -> Result<String> {
    let lock = Lock::take(root)?;
    let Some(snapshot) = update::take_back(&lock)? else {
        bail!("there is no update to undo: there was none, or the workbook is as it was before.");
    };
    Ok(format!(
        "The workbook is as it was before the last update, or before the undo of one: {}.\n\
         The files as they were until now are in {}. Another undo takes this one back.",
        versions::name(root),
        files::relative(root, &snapshot)
    ))
}

/// Takes back the last update or the last reset of the chapter that was worked on last, whichever was later.
pub fn take_last_back(course: &Course) -> Result<String> {
    let chapter = chosen_or_last(course, None)?;
    let number =
        |snapshot: PathBuf| snapshot.file_name().map(|name| snapshots::number(&name.to_string_lossy()));
    let update = snapshots::last_update(&course.root)?.and_then(number);
    // What cannot be read is said by the undo itself.
    let reset = last_change(course, chapter).ok().flatten().and_then(number);
    if update > reset { take_update_back(&course.root) } else { take_back(course, chapter) }
}

fn last_change(course: &Course, chapter: &Chapter) -> Result<Option<PathBuf>> {
    snapshots::last_change(&course.root, &chapter.id, &files::read_all(&chapter.dir)?)
}
