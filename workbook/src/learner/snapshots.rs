//! Nothing a learner wrote is ever lost: before the tool changes an exercise, and when it is green for the first
//! time, its whole folder is copied to `.workbook/snapshots/ID/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use time::OffsetDateTime;

use crate::course::{Chapter, files};

/// Why a snapshot was made: the last part of its name.
pub const RESET: &str = "before-reset";
const UNDO: &str = "before-undo";
pub const GREEN: &str = "first-green";

/// Copies the exercise as it is now. Returns the snapshot's folder.
/// Where it fails, the caller changes nothing.
pub fn keep(root: &Path, chapter: &Chapter, reason: &str) -> Result<PathBuf> {
    let folder = folder(root, chapter).join(format!("{}-{reason}", sortable(OffsetDateTime::now_utc())));
    // Under a name that nobody looks for until it is whole.
    let partial = folder.with_extension("partial");
    files::replace_all(&partial, &files::read_all(&chapter.dir)?)?;
    fs::rename(&partial, &folder).map_err(|error| files::explain(&folder, &error))?;
    Ok(folder)
}

/// Puts the exercise back to how it was before the last reset. What is there now is kept first, so that a second
/// undo takes the first one back. Returns the snapshot that was put back.
pub fn undo(root: &Path, chapter: &Chapter) -> Result<PathBuf> {
    let Some(last) = last_change(root, chapter)? else {
        bail!(
            "there is nothing to undo in {}: it was never reset. Snapshots are made before each reset.",
            chapter.id
        );
    };
    let before = files::read_all(&last)?;
    keep(root, chapter, UNDO)?;
    files::replace_all(&chapter.dir, &before)?;
    Ok(last)
}

/// Whether there is a reset, or an undo, to take back.
pub fn can_undo(root: &Path, chapter: &Chapter) -> Result<bool> {
    Ok(last_change(root, chapter)?.is_some())
}

fn last_change(root: &Path, chapter: &Chapter) -> Result<Option<PathBuf>> {
    let folder = folder(root, chapter);
    if !folder.is_dir() {
        return Ok(None);
    }
    let is_change = |name: &String| name.ends_with(RESET) || name.ends_with(UNDO);
    Ok(files::folders(&folder)?.into_iter().rfind(is_change).map(|name| folder.join(name)))
}

/// A time as part of a file name on any system; names sort as the times do.
fn sortable(time: OffsetDateTime) -> String {
    let (hour, minute, second, micro) = time.to_hms_micro();
    format!("{}T{hour:02}-{minute:02}-{second:02}.{micro:06}", time.date())
}

fn folder(root: &Path, chapter: &Chapter) -> PathBuf {
    files::private_folder(root).join("snapshots").join(&chapter.id)
}
