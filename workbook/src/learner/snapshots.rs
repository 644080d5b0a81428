//! Nothing a learner wrote is ever lost: before the tool changes an exercise, and when it is green for the first
//! time, its whole folder is copied to `.workbook/snapshots/ID/`; before an update, all that the update replaces.
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
pub const BEFORE_UPDATE: &str = "before-update";

/// What stands for the whole workbook in place of a chapter's id. Paths in its snapshots count from the workbook's folder.
pub const UPDATE: &str = "update";

/// What it holds: a line `ID PATH` for each file, as in `exercises.lock`, and `- PATH` for one that was not there.
const CONTENTS: &str = ".files";
const PARTIAL: &str = ".partial-";

/// What a snapshot holds.
#[derive(Debug)]
pub struct Kept {
    pub files: Files,
    /// The files that the change was about, and that were not there.
    pub absent: Vec<String>,
}

/// Keeps these files, with the permissions that they have below `dir`. Returns the snapshot's folder.
/// Where it fails, the caller changes nothing.
pub fn keep(
    lock: &Lock,
    id: &str,
    files: &Files,
    absent: &[String],
    dir: &Path,
    reason: &str,
) -> Result<PathBuf> {
    let folder = folder(lock.root(), id);
    let explain = |error| files::explain(&folder, &error);
    fs::create_dir_all(&folder).map_err(explain)?;
    // Of a tool that was killed while it made one.
    for left in files::folders(&folder)?.iter().filter(|name| name.starts_with(PARTIAL)) {
        let _ = fs::remove_dir_all(folder.join(left));
    }
    let partial = tempfile::Builder::new().prefix(PARTIAL).tempdir_in(&folder).map_err(explain)?;
    for (name, bytes) in files {
        let path = partial.path().join(name);
        let write = || files::persist(files::staged(&path, bytes, &dir.join(name))?, &path);
        write().map_err(|error| files::explain(&path, &error))?;
    }
    files::write(&partial.path().join(CONTENTS), contents(files, absent).as_bytes())?;
    let mut last = 0;
    for id in files::folders(&parent(lock.root()))? {
        last = all(lock.root(), &id)?.last().map_or(last, |name| number(name).max(last));
    }
    let name = format!("{:06}-{}-{reason}", last + 1, sortable(OffsetDateTime::now_utc()));
    let partial = partial.keep();
    files::patiently(|| fs::rename(&partial, folder.join(&name))).map_err(explain)?;
    Ok(folder.join(name))
}

/// What a snapshot holds, if all of it is there, as it was when it was made.
pub fn read(snapshot: &Path) -> Result<Kept> {
    let mut files = files::read_everything(snapshot)?;
    let list = files.remove(CONTENTS).map(|list| String::from_utf8_lossy(&list).into_owned());
    let absent = list.iter().flat_map(|list| list.lines()).filter_map(|line| line.strip_prefix("- "));
    let absent: Vec<String> = absent.map(str::to_owned).collect();
    // Earlier versions of this tool wrote no list.
    let whole = match list {
        Some(list) => list == contents(&files, &absent),
        None => files.contains_key("Cargo.toml"),
    };
    ensure!(
        whole,
        "the snapshot {} is not whole any more: a file in it is missing, or was changed. Nothing was changed.\n\
         What is in it, and the snapshots beside it, you can copy by hand.",
        snapshot.display()
    );
    Ok(Kept { files, absent })
}

/// The snapshot that an undo puts back, the exercise being `present`: the one before the last reset or undo. One that holds what is
/// there is passed over: its reset or undo was killed before it changed anything.
pub fn last_change(root: &Path, id: &str, present: &Files) -> Result<Option<PathBuf>> {
    for snapshot in changes(root, id)? {
        if files::read_all(&snapshot)? != *present {
            return Ok(Some(snapshot));
        }
    }
    Ok(None)
}

/// The same for the whole workbook: the one before the last update, or before the undo of one.
pub fn last_update(root: &Path) -> Result<Option<PathBuf>> {
    for snapshot in changes(root, UPDATE)? {
        let Kept { files, absent } = read(&snapshot)?;
        let is_as_before = |(name, bytes): (&String, &Vec<u8>)| {
            files::read(&root.join(name)).is_ok_and(|present| present == *bytes)
        };
        if !files.iter().all(is_as_before) || absent.iter().any(|name| root.join(name).exists()) {
            return Ok(Some(snapshot));
        }
    }
    Ok(None)
}

/// Those that were made before a change, the last one first.
fn changes(root: &Path, id: &str) -> Result<impl Iterator<Item = PathBuf>> {
    let is_change = |name: &String| [RESET, UNDO, BEFORE_UPDATE].iter().any(|reason| name.ends_with(reason));
    let folder = folder(root, id);
    let names = all(root, id)?.into_iter().filter(is_change).rev();
    Ok(names.map(move |name| folder.join(name)))
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

/// Of all snapshots of the workbook a later one has a higher number. Names that begin with a time are from earlier versions of
/// this tool, and come first.
pub fn number(name: &str) -> u32 {
    let counter = name.split('-').next().filter(|counter| counter.len() == 6);
    counter.and_then(|counter| counter.parse().ok()).unwrap_or(0)
}

fn contents(files: &Files, absent: &[String]) -> String {
    let present = files.iter().map(|(name, bytes)| format!("{} {name}\n", files::blob_id(bytes)));
    present.chain(absent.iter().map(|name| format!("- {name}\n"))).collect()
}

/// A time as part of a file name on any system.
fn sortable(time: OffsetDateTime) -> String {
    let (hour, minute, second) = time.to_hms();
    format!("{}T{hour:02}-{minute:02}-{second:02}", time.date())
}

fn folder(root: &Path, id: &str) -> PathBuf {
    parent(root).join(id)
}

fn parent(root: &Path) -> PathBuf {
    files::private_folder(root).join("snapshots")
}
