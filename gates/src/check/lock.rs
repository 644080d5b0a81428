//! Gate 7: `exercises.lock` says what the exercises are, so a learner's change is told from ours.

use anyhow::Result;
use workbook::course::{
    Course,
    originals::{LOCK, Originals},
};

use super::{Failure, list};

/// What is wrong with the lock.
///
/// # Errors
/// When an exercise cannot be read.
pub fn check(course: &Course) -> Result<Vec<Failure>> {
    let mend =
        format!("if the exercises are as they should be: cargo gates lock, and commit {LOCK} with them");
    let written = match Originals::load(&course.root) {
        Ok(written) => written,
        Err(_) => return Ok(vec![Failure::new(format!("{LOCK} is missing or not in order"), mend)]),
    };
    if written == Originals::of(course)? {
        return Ok(Vec::new());
    }
    let changed = changed(course, &written)?;
    let problem = match changed.as_slice() {
        [] => format!("{LOCK} names files of exercises that are gone"),
        changed => format!("{LOCK} is older than: {}", list(changed.iter().map(String::as_str))),
    };
    Ok(vec![Failure::new(problem, mend)])
}

/// Writes the lock anew; returns the files that it knew otherwise.
///
/// # Errors
/// When an exercise cannot be read or the lock cannot be written.
pub fn write(course: &Course) -> Result<Vec<String>> {
    let before = Originals::load(&course.root);
    Originals::of(course)?.save()?;
    match before {
        Ok(before) => changed(course, &before),
        Err(_) => Ok(vec!["all of them, for the first time".into()]),
    }
}

fn changed(course: &Course, written: &Originals) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for chapter in &course.chapters {
        let files = written.changed(chapter)?;
        changed.extend(files.into_iter().map(|file| format!("exercises/{}/{file}", chapter.folder)));
    }
    Ok(changed)
}
