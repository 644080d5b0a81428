//! Nothing a learner wrote is ever lost: before the tool changes an exercise, and when it is green for the first
//! time, its whole folder is copied to `.workbook/snapshots/ID/`.
//!
//! A snapshot's name begins with a number that counts up, since a clock can be wrong. It gets that name once it is whole, and
//! `.files` in it says what it holds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use time::OffsetDateTime;

use super::Lock;
use crate::course::{Chapter, Course, Files, files};

/// Why a snapshot was made: the last part of its name.
pub const RESET: &str = "before-reset";
pub const UNDO: &str = "before-undo";
pub const GREEN: &str = "first-green";

/// What it holds: a line `ID PATH` for each file, as in `exercises.lock`.
const CONTENTS: &str = ".files";
const PARTIAL: &str = ".partial-";

/// Keeps these files of an exercise. Returns the snapshot's folder.
/// Where it fails, the caller changes nothing.
pub fn keep(lock: &Lock, id: &str, files: &Files, reason: &str) -> Result<PathBuf> {
    let folder = folder(lock.root(), id);
    let explain = |error| files::explain(&folder, &error);
    fs::create_dir_all(&folder).map_err(explain)?;
    // Of a tool that was killed while it made one.
    for left in files::folders(&folder)?.iter().filter(|name| name.starts_with(PARTIAL)) {
        let _ = fs::remove_dir_all(folder.join(left));
    }
    let partial = tempfile::Builder::new().prefix(PARTIAL).tempdir_in(&folder).map_err(explain)?;
    files::replace_all(partial.path(), files)?;
    files::write(&partial.path().join(CONTENTS), contents(files).as_bytes())?;
    let last = all(lock.root(), id)?.last().map_or(0, |name| number(name));
    let name = format!("{:06}-{}-{reason}", last + 1, sortable(OffsetDateTime::now_utc()));
    fs::rename(partial.keep(), folder.join(&name)).map_err(explain)?;
    Ok(folder.join(name))
}

/// The files of a snapshot, if all of them are there, as they were when it was made.
pub fn read(snapshot: &Path) -> Result<Files> {
    let files = files::read_all(snapshot)?;
    // Earlier versions of this tool wrote no list.
    let whole = match fs::read_to_string(snapshot.join(CONTENTS)) {
        Ok(list) => list == contents(&files),
        Err(_) => files.contains_key("Cargo.toml"),
    };
    ensure!(
        whole,
        "the snapshot {} is not whole any more: a file in it is missing, or was changed. Nothing was changed.\n\
         What is in it, and the snapshots beside it, you can copy by hand.",
        snapshot.display()
    );
    Ok(files)
}

/// The snapshot that an undo puts back, the exercise being `present`: the one before the last reset or undo. One that holds what is
/// there is passed over: its reset or undo was killed before it changed anything.
pub fn last_change(root: &Path, id: &str, present: &Files) -> Result<Option<PathBuf>> {
    let is_change = |name: &String| name.ends_with(RESET) || name.ends_with(UNDO);
    for name in all(root, id)?.into_iter().filter(is_change).rev() {
        let snapshot = folder(root, id).join(name);
        if files::read_all(&snapshot)? != *present {
            return Ok(Some(snapshot));
        }
    }
    Ok(None)
}

/// Whether there is a reset, or an undo, to take back.
pub fn can_undo(course: &Course, chapter: &Chapter) -> Result<bool> {
    Ok(last_change(&course.root, &chapter.id, &files::read_all(&chapter.dir)?)?.is_some())
}

/// The names of the snapshots of an exercise, in the order in which they were made.
fn all(root: &Path, id: &str) -> Result<Vec<String>> {
    let folder = folder(root, id);
    let mut names = if folder.is_dir() { files::folders(&folder)? } else { Vec::new() };
    names.retain(|name| !name.starts_with('.'));
    names.sort_by_key(|name| number(name));
    Ok(names)
}

/// Names that begin with a time are from earlier versions of this tool, and come first.
fn number(name: &str) -> u32 {
    let counter = name.split('-').next().filter(|counter| counter.len() == 6);
    counter.and_then(|counter| counter.parse().ok()).unwrap_or(0)
}

fn contents(files: &Files) -> String {
    files.iter().map(|(name, bytes)| format!("{} {name}\n", files::blob_id(bytes))).collect()
}

/// A time as part of a file name on any system.
fn sortable(time: OffsetDateTime) -> String {
    let (hour, minute, second) = time.to_hms();
    format!("{}T{hour:02}-{minute:02}-{second:02}", time.date())
}

fn folder(root: &Path, id: &str) -> PathBuf {
    files::private_folder(root).join("snapshots").join(id)
}
