//! Files of the workbook are replaced by others as one change, which a crash at any point does not leave half-way: the next
//! start finishes it.
//!
//! `.workbook/change/` is its journal: the new files, and what is done for whom. It appears, by a rename, once it is whole and a
//! snapshot holds the old files; it goes, by a rename, once the workbook holds the new ones. Each file is moved into the
//! journal before the new one takes its place, and is looked at in the end: what was saved after the snapshot was made gets a
//! snapshot of its own. So a save during a change is in its place or in the last snapshot.
//!
//! Whoever finishes a change may be another version of the tool than the one that began it: an update replaces the tool as well.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::{Entry, Lock, Progress, snapshots};
use crate::course::{Chapter, Files, files};

/// What is to be done, by the paths of files below one folder.
#[derive(Debug, Default)]
pub struct Plan {
    pub write: Files,
    /// The files whose permissions the new ones get; without one they get the usual ones.
    pub modes: BTreeMap<String, PathBuf>,
    pub delete: BTreeSet<String>,
}

impl Plan {
    /// Every file that it is about.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.write.keys().chain(&self.delete)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// What is changed: a chapter, or [`snapshots::UPDATE`].
    id: String,
    /// The folder that all paths count from, below that of the workbook.
    base: String,
    /// Why, and the snapshot of what was there.
    reason: String,
    snapshot: PathBuf,
    delete: BTreeSet<String>,
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
const NEW: &str = "new";
/// How often a file that is saved again and again is moved out of the way.
const ROUNDS: usize = 20;

/// Makes the exercise hold these files and no others; their permissions are those of the files below `modes`.
pub fn replace(lock: &Lock, chapter: &Chapter, new: &Files, modes: &Path, reason: &str) -> Result<Changed> {
    finish(lock)?;
    let old = files::read_all(&chapter.dir)?;
    let snapshot = snapshots::keep(lock, &chapter.id, &old, &[], &chapter.dir, reason)?;
    let differs = |(name, bytes): &(&String, &Vec<u8>)| old.get(*name) != Some(bytes);
    let write = new.iter().filter(differs).map(|(name, bytes)| (name.clone(), bytes.clone()));
    let plan = Plan {
        write: write.collect(),
        modes: new.keys().map(|name| (name.clone(), modes.join(name))).collect(),
        delete: old.into_keys().filter(|name| !new.contains_key(name)).collect(),
    };
    make(lock, &chapter.id, &format!("exercises/{}", chapter.folder), &plan, &snapshot, reason)
}

/// Does what is planned below `base`, a folder of the workbook, once `snapshot` holds what is there. Where it fails before the
/// journal stands, nothing has changed; after that the next start finishes it, and the error says so.
pub fn make(
    lock: &Lock,
    id: &str,
    base: &str,
    plan: &Plan,
    snapshot: &Path,
    reason: &str,
) -> Result<Changed> {
    let dir = lock.root().join(base);
    for name in plan.names() {
        can_be_replaced(lock.root(), &dir, &dir.join(name), plan)?;
    }
    let private = files::private_folder(lock.root());
    for left in files::folders(&private)?.iter().filter(|name| name.starts_with(".change-")) {
        let _ = fs::remove_dir_all(private.join(left));
    }
    let explain = |error| files::explain(&private, &error);
    let staged = tempfile::Builder::new().prefix(".change-").tempdir_in(&private).map_err(explain)?;
    for (name, bytes) in &plan.write {
        let path = staged.path().join(NEW).join(name);
        let like = plan.modes.get(name).unwrap_or(&path);
        let write = || files::persist(files::staged(&path, bytes, like)?, &path);
        write().map_err(|error| files::explain(&path, &error))?;
    }
    let journal = Journal {
        id: id.to_owned(),
        base: base.to_owned(),
        reason: reason.to_owned(),
        snapshot: files::relative(lock.root(), snapshot).into(),
        delete: plan.delete.clone(),
    };
    files::write(&staged.path().join(ABOUT), toml::to_string(&journal)?.as_bytes())?;
    let staged = staged.keep();
    files::patiently(|| fs::rename(&staged, private.join(JOURNAL))).map_err(explain)?;
    finish(lock)?.context("the journal of the change is gone: another program deleted it")
}

/// No link is replaced, no folder by a file, and no file by a folder.
fn can_be_replaced(root: &Path, dir: &Path, path: &Path, plan: &Plan) -> Result<()> {
    let above = || path.ancestors().skip(1).take_while(|above| *above != dir);
    let goes = |file: &Path| plan.delete.contains(&files::relative(dir, file));
    let in_the_way = match path {
        path if path.is_symlink() => Some((path, "a link")),
        path if path.is_dir() => Some((path, "a folder")),
        _ => above().find_map(|above| match above {
            above if above.is_symlink() => Some((above, "a link")),
            above if above.is_file() && !goes(above) => Some((above, "a file")),
            _ => None,
        }),
    };
    if let Some((place, what)) = in_the_way {
        bail!(
            "{} is {what}, where something else has to be. Nothing was changed.\n\
             Move it away, then run the command again.",
            files::relative(root, place)
        );
    }
    Ok(())
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
    let read = || anyhow::Ok(toml::from_str::<Journal>(&files::read_text(&place.join(ABOUT))?)?);
    let journal = read().with_context(|| {
        format!(
            "{} says nothing about a change: delete that folder, and run the command again",
            place.display()
        )
    })?;
    let half_way = || {
        let what = match journal.id.as_str() {
            snapshots::UPDATE => "the workbook".to_owned(),
            id => format!("the exercise {id}"),
        };
        let kept = journal.snapshot.display();
        format!(
            "{what} is changed half-way. Mend what is said below: the next command finishes it. What you had is in {kept}"
        )
    };
    let snapshot = finish_as(lock, &place, &journal).with_context(half_way)?;
    // By a rename, so that it is there as a whole or not at all.
    let done = tempfile::Builder::new().prefix(".change-").tempdir_in(&private).and_then(|done| {
        files::patiently(|| fs::rename(&place, done.path().join(JOURNAL)))?;
        Ok(done)
    });
    done.with_context(half_way)?;
    Ok(Some(Changed { id: journal.id, snapshot }))
}

fn finish_as(lock: &Lock, place: &Path, journal: &Journal) -> Result<PathBuf> {
    let dir = lock.root().join(&journal.base);
    let mut snapshot = lock.root().join(&journal.snapshot);
    let (kept, new) = (snapshots::read(&snapshot)?, files::read_everything(&place.join(NEW))?);
    let mut names: Vec<&String> = new.keys().chain(&journal.delete).collect();
    names.sort_by_key(|name| (is_of_the_tool(name), *name));
    let aside = place.join("aside");
    fs::create_dir_all(&aside)?;
    // Those of a process that was killed are there.
    let first = files::folders(&aside)?.len();
    for round in first..first + ROUNDS {
        let mut changes = false;
        for name in &names {
            let (path, moved) = (dir.join(name), aside.join(round.to_string()).join(name));
            let present = if path.exists() { Some(files::read(&path)?) } else { None };
            if present.as_ref() == new.get(*name) {
                continue;
            }
            changes = true;
            move_aside(&path, &moved)?;
            match new.get(*name) {
                Some(bytes) => put(&path, bytes, &place.join(NEW).join(name))?,
                None => remove_empty_folders(&dir, &path),
            }
        }
        if !changes {
            break;
        }
    }
    for name in &journal.delete {
        remove_empty_folders(&dir, &dir.join(name));
    }
    let mut saved = kept.files.clone();
    for round in 0..files::folders(&aside)?.len() {
        saved.extend(files::read_everything(&aside.join(round.to_string()))?);
    }
    if saved != kept.files {
        let absent: Vec<_> = kept.absent.into_iter().filter(|name| !saved.contains_key(name)).collect();
        snapshot = snapshots::keep(lock, &journal.id, &saved, &absent, &snapshot, &journal.reason)?;
    }
    if journal.reason == snapshots::RESET {
        Progress::update_under(lock, |progress| to_start(progress.entry(&journal.id)))?;
    }
    Ok(snapshot)
}

/// What Cargo needs to build the tool comes last, so that for nearly all of an update the tool can be started, which finishes it.
fn is_of_the_tool(name: &str) -> bool {
    const FOLDERS: [&str; 4] = [".cargo/", "layers/", "local-postgres/", "workbook/"];
    name.ends_with("Cargo.toml")
        || name.ends_with("Cargo.lock")
        || FOLDERS.iter().any(|folder| name.starts_with(folder))
}

/// As it was before the first run; that it was green is not forgotten.
fn to_start(entry: &mut Entry) {
    let Entry { green_at, solution_shown, .. } = std::mem::take(entry);
    *entry = Entry { green_at, solution_shown, ..Entry::default() };
}

fn move_aside(path: &Path, to: &Path) -> Result<()> {
    let attempt = || {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        match files::patiently(|| fs::rename(path, to)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            renamed => renamed,
        }
    };
    attempt().with_context(|| format!("{} cannot be replaced", path.display()))
}

/// Writes a file where none is, with the permissions of `like`. If a save came first, that stays.
fn put(path: &Path, bytes: &[u8], like: &Path) -> Result<()> {
    let attempt = || -> io::Result<()> {
        match files::persist_noclobber(files::staged(path, bytes, like)?, path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    };
    attempt().with_context(|| format!("{} cannot be written", path.display()))
}

/// The folders that `path` was the last file of: Cargo takes every folder of `exercises/` for a crate.
fn remove_empty_folders(dir: &Path, path: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != dir) {
        if files::below(folder, |_| true).is_ok_and(|files| !files.is_empty()) {
            break;
        }
        // A file that is saved there now keeps its folder.
        for below in WalkDir::new(folder).contents_first(true).into_iter().flatten() {
            let _ = fs::remove_dir(below.path());
        }
    }
}
