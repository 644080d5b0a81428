//! The files of an exercise are replaced by others as one change, which a crash at any point does not leave half-way: the next
//! start finishes it.
//!
//! `.workbook/change/` is its journal: the new files, and what is done for whom. It appears, by a rename, once it is whole and a
//! snapshot holds the old files; it goes, by a rename, once the exercise holds the new ones. Each file is moved into the
//! journal before the new one takes its place, and is looked at in the end: what was saved after the snapshot was made gets a
//! snapshot of its own. So a save during a change is in the exercise or in the last snapshot.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::{Entry, Lock, Progress, snapshots};
use crate::course::{Chapter, Files, files};

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// The chapter, and its folder below `exercises/`.
    id: String,
    folder: String,
    /// Why, and the snapshot of what was there.
    reason: String,
    snapshot: PathBuf,
}

/// A change that was made.
#[derive(Debug)]
pub struct Changed {
    pub id: String,
    /// What was there before, together with what was saved meanwhile.
    pub snapshot: PathBuf,
}

const JOURNAL: &str = "change";
const ABOUT: &str = "about.toml";
/// How often a file that is saved again and again is moved out of the way.
const ROUNDS: usize = 20;

/// Makes the exercise hold these files and no others. Where it fails before the journal stands, nothing has changed; after that
/// the next start finishes it, and the error says so.
pub fn replace(lock: &Lock, chapter: &Chapter, new: &Files, reason: &str) -> Result<Changed> {
    finish(lock)?;
    let private = files::private_folder(lock.root());
    for left in files::folders(&private)?.iter().filter(|name| name.starts_with(".change-")) {
        let _ = fs::remove_dir_all(private.join(left));
    }
    let old = files::read_all(&chapter.dir)?;
    if let Some(link) = old.keys().find(|name| chapter.dir.join(name).is_symlink()) {
        bail!(
            "{}/{link} is a link to another file, and would be replaced. Nothing was changed.\n\
             Put a file in its place, then run the command again.",
            chapter.folder
        );
    }
    let snapshot = snapshots::keep(lock, &chapter.id, &old, reason)?;
    let explain = |error| files::explain(&private, &error);
    let staged = tempfile::Builder::new().prefix(".change-").tempdir_in(&private).map_err(explain)?;
    files::replace_all(&staged.path().join("new"), new)?;
    let journal = Journal {
        id: chapter.id.clone(),
        folder: chapter.folder.clone(),
        reason: reason.to_owned(),
        snapshot: files::relative(lock.root(), &snapshot).into(),
    };
    files::write(&staged.path().join(ABOUT), toml::to_string(&journal)?.as_bytes())?;
    fs::rename(staged.keep(), private.join(JOURNAL)).map_err(explain)?;
    finish(lock)?.context("the journal of the change is gone: another program deleted it")
}

/// Whether there is a change to finish.
pub fn is_begun(root: &Path) -> bool {
    files::private_folder(root).join(JOURNAL).is_dir()
}

/// Finishes a change that was begun, if there is one, by this process or by one that was killed.
pub fn finish(lock: &Lock) -> Result<Option<Changed>> {
    let private = files::private_folder(lock.root());
    let place = private.join(JOURNAL);
    if !place.is_dir() {
        return Ok(None);
    }
    let read = || anyhow::Ok(toml::from_str::<Journal>(&fs::read_to_string(place.join(ABOUT))?)?);
    let journal = read().with_context(|| {
        format!(
            "{} says nothing about a change: delete that folder, and run the command again",
            place.display()
        )
    })?;
    let half_way = || {
        format!(
            "the exercise {} is changed half-way. Mend what is said below: the next command finishes it. What you had is in {}",
            journal.id,
            journal.snapshot.display()
        )
    };
    let snapshot = finish_as(lock, &place, &journal).with_context(half_way)?;
    // By a rename, so that it is there as a whole or not at all.
    let done = tempfile::Builder::new().prefix(".change-").tempdir_in(&private).and_then(|done| {
        fs::rename(&place, done.path().join(JOURNAL))?;
        Ok(done)
    });
    done.with_context(half_way)?;
    Ok(Some(Changed { id: journal.id, snapshot }))
}

fn finish_as(lock: &Lock, place: &Path, journal: &Journal) -> Result<PathBuf> {
    let dir = lock.root().join("exercises").join(&journal.folder);
    let mut snapshot = lock.root().join(&journal.snapshot);
    let (old, new) = (snapshots::read(&snapshot)?, files::read_all(&place.join("new"))?);
    let aside = place.join("aside");
    fs::create_dir_all(&aside)?;
    // Those of a process that was killed are there.
    let first = files::folders(&aside)?.len();
    for round in first..first + ROUNDS {
        let present = files::read_all(&dir)?;
        let names: BTreeSet<&String> = present.keys().chain(new.keys()).collect();
        let differ: Vec<_> = names.into_iter().filter(|name| present.get(*name) != new.get(*name)).collect();
        if differ.is_empty() {
            break;
        }
        for name in differ {
            let moved = aside.join(round.to_string()).join(name);
            move_aside(&dir.join(name), &moved)?;
            if let Some(bytes) = new.get(name) {
                put(&dir.join(name), bytes, &moved)?;
            }
        }
    }
    let mut saved = old.clone();
    for round in 0..files::folders(&aside)?.len() {
        saved.extend(files::read_all(&aside.join(round.to_string()))?);
    }
    if saved != old {
        snapshot = snapshots::keep(lock, &journal.id, &saved, &journal.reason)?;
    }
    if journal.reason == snapshots::RESET {
        Progress::update_under(lock, |progress| to_start(progress.entry(&journal.id)))?;
    }
    Ok(snapshot)
}

/// As it was before the first run; that it was green is not forgotten.
fn to_start(entry: &mut Entry) {
    let Entry { green_at, solution_shown, .. } = std::mem::take(entry);
    *entry = Entry { green_at, solution_shown, ..Entry::default() };
}

fn move_aside(path: &Path, to: &Path) -> Result<()> {
    let attempt = || {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        match fs::rename(path, to) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            renamed => renamed,
        }
    };
    attempt().with_context(|| format!("{} cannot be replaced", path.display()))
}

/// Writes a file where none is, with the permissions of the one that was there. If a save came first, that stays.
fn put(path: &Path, bytes: &[u8], before: &Path) -> Result<()> {
    let attempt = || -> io::Result<()> {
        let dir = path.parent().unwrap_or(path);
        fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".saving-").tempfile_in(dir)?;
        file.write_all(bytes)?;
        files::set_mode(file.as_file(), before)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error),
            _ => Ok(()),
        }
    };
    attempt().with_context(|| format!("{} cannot be written", path.display()))
}
