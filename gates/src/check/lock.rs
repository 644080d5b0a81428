//! Gate 7: `exercises.lock` says what the exercises are, so a learner's change is told from ours.

use anyhow::Result;
use workbook::course::{
    Course,
    originals::{LOCK, Originals},
};

use super::{Failure, list};

/// What is wrong with the lock.
pub fn check(course: &Course) -> Result<Option<Failure>> {
    let problem = match Originals::load(&course.root) {
        Err(_) => format!("{LOCK} is missing or not in order"),
        Ok(written) if written == Originals::of(course)? => return Ok(None),
        Ok(written) => match changed(course, &written)?.as_slice() {
            [] => format!("{LOCK} names files of exercises that are gone"),
            changed => format!("{LOCK} is older than: {}", list(changed)),
        },
    };
    let mend =
        format!("if the exercises are as they should be: cargo gates lock, and commit {LOCK} with them");
    Ok(Some(Failure::new(problem, mend)))
}

/// The files that the lock knows otherwise.
pub fn changed(course: &Course, written: &Originals) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for chapter in &course.chapters {
        let files = written.changed(chapter)?;
        changed.extend(files.into_iter().map(|file| format!("exercises/{}/{file}", chapter.folder)));
    }
    Ok(changed)
}
