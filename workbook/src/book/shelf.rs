//! The folders that served builds lie in. Each build gets a fresh one, so that no reader ever meets a half-written page; the one
//! before stays for requests that are under way.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Builds that are kept: the one that is served, and the one before.
const KEPT: usize = 2;

pub(super) struct Shelf {
    builds: VecDeque<TempDir>,
    // The fields are dropped in this order: first the lock, then the folder that holds it.
    _lock: File,
    folder: TempDir,
}

impl Shelf {
    /// Takes a folder of its own under `place`, which several tools may share, and clears away what a killed one left there.
    pub(super) fn at(place: &Path) -> Result<Shelf> {
        let cannot =
            || format!("{} cannot be written. Free some space or check who may write there", place.display());
        fs::create_dir_all(place).with_context(cannot)?;
        remove_abandoned(place);
        let folder = tempfile::Builder::new().prefix("book-").tempdir_in(place).with_context(cannot)?;
        let lock = File::create(lock_of(folder.path())).with_context(cannot)?;
        lock.lock().with_context(cannot)?;
        Ok(Shelf { builds: VecDeque::new(), _lock: lock, folder })
    }

    /// A folder for the next build, which goes away unless it is [kept](Self::keep).
    pub(super) fn next(&self) -> Result<TempDir> {
        TempDir::new_in(self.folder.path()).context("No folder for the book could be made. Free some space")
    }

    /// Keeps a build that went well, and forgets those that nobody reads any more. Where a file is still open it stays, and
    /// goes with the whole shelf.
    pub(super) fn keep(&mut self, build: TempDir) {
        self.builds.push_back(build);
        self.builds.drain(..self.builds.len().saturating_sub(KEPT));
    }
}

/// A tool that was killed could not clear up, but the system has let go of its lock.
fn remove_abandoned(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let folder = entry.path();
        let abandoned = File::open(lock_of(&folder)).is_ok_and(|lock| lock.try_lock().is_ok());
        if entry.file_name().to_string_lossy().starts_with("book-") && abandoned {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn lock_of(folder: &Path) -> PathBuf {
    folder.join("in-use")
}
