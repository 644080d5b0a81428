//! A newer version of the workbook takes the place of this one, and nothing that the learner wrote is lost.
//!
//! A file that is as it was [published](Published) is replaced, or goes. One that the learner changed stays; where the newer
//! version has another one than the version before, that lies in `.workbook/newer/`, so both are at hand. The files of a chapter
//! that has another number move with it. All of it is one [change], which an undo takes back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use super::{
    Lock, Progress,
    change::{self, Plan},
    snapshots::{self, Kept},
    source::Source,
};
use crate::course::{
    Files, Originals, files,
    originals::{self, LOCK},
    parts,
    versions::{self, Published, chapter_of, key},
};

/// Below the workbook: the newer version's files where the learner has changed the one before.
pub const NEWER: &str = ".workbook/newer";
/// The learner's files of chapters that the newer version does not have.
pub const LEFT: &str = ".workbook/left";

/// What an update did, by the paths of files.
#[derive(Debug, Default)]
pub struct Updated {
    pub before: String,
    pub after: String,
    pub replaced: usize,
    pub added: usize,
    pub deleted: usize,
    pub new_chapters: Vec<String>,
    /// The folders before and after.
    pub moved: Vec<(String, String)>,
    /// Of chapters that are gone and had the learner's files: where those are.
    pub left: BTreeSet<String>,
    /// Chapters that the learner has begun, and whose starters are other ones now, each with how many of its files are new.
    pub met: BTreeMap<String, usize>,
    /// Files that the learner changed and the newer version too.
    pub both: Vec<String>,
    /// Files of the workbook that the learner changed and the newer version does not have.
    pub yours_alone: Vec<String>,
}

/// A file as it is here.
struct Mine {
    path: String,
    place: PathBuf,
}

struct Update<'a> {
    root: &'a Path,
    source: &'a Source,
    lock: BTreeMap<String, String>,
    newer: BTreeMap<String, String>,
    published: Published,
    /// The folders of the chapters by their ids, here and in the newer version.
    folders: BTreeMap<String, String>,
    new_folders: BTreeMap<String, String>,
    /// What the update before has put beside the learner's files, by their keys.
    shown: BTreeSet<String>,
    plan: Plan,
    done: Updated,
}

/// Replaces this version by the one that was fetched. `None` where nothing is to be done.
pub fn update(lock: &Lock, source: &Source) -> Result<Option<Updated>> {
    change::finish(lock)?;
    let root = lock.root();
    // The first command has done so, where it could.
    versions::record(root)?;
    let (present, newer) = (Originals::load(root)?.ids, Originals::load(&source.course.root)?.ids);
    let mut update = Update {
        root,
        source,
        published: Published::load(root)?,
        folders: folders(&present),
        new_folders: folders(&newer),
        lock: by_key(present),
        newer: by_key(newer),
        shown: BTreeSet::new(),
        plan: Plan::default(),
        done: Updated::default(),
    };
    update.plan()?;
    let Update { plan, mut done, .. } = update;
    let nothing_new = plan.write.keys().chain(&plan.delete).all(|name| name.starts_with(".workbook/"));
    if nothing_new {
        return Ok(None);
    }
    done.before = versions::name(root);
    done.after = versions::name(&source.course.root);
    make(lock, &plan, snapshots::BEFORE_UPDATE)?;
    // The starters that came.
    originals::keep(root)?;
    Ok(Some(done))
}

/// Takes the last update back, or the last undo of one. Returns the files that were changed since, as they are in the snapshot.
pub fn take_back(lock: &Lock) -> Result<Option<PathBuf>> {
    change::finish(lock)?;
    let Some(last) = snapshots::last_update(lock.root())? else { return Ok(None) };
    let Kept { files, absent } = snapshots::read(&last)?;
    let modes = files.keys().map(|name| (name.clone(), last.join(name))).collect();
    let plan = Plan { write: files, modes, delete: absent.into_iter().collect() };
    make(lock, &plan, snapshots::UNDO).map(Some)
}

/// Keeps what is there, then does what is planned.
fn make(lock: &Lock, plan: &Plan, reason: &str) -> Result<PathBuf> {
    let (mut old, mut absent) = (Files::new(), Vec::new());
    for name in plan.names() {
        let path = lock.root().join(name);
        if path.exists() || path.is_symlink() {
            old.insert(name.clone(), files::read(&path)?);
        } else {
            absent.push(name.clone());
        }
    }
    absent.sort();
    let snapshot = snapshots::keep(lock, snapshots::UPDATE, &old, &absent, lock.root(), reason)?;
    Ok(change::make(lock, snapshots::UPDATE, "", plan, &snapshot, reason)?.snapshot)
}

impl Update<'_> {
    fn plan(&mut self) -> Result<()> {
        let mut mine: BTreeMap<String, Mine> = BTreeMap::new();
        for (path, place) in versions::all(self.root)? {
            mine.insert(key(&path), Mine { path, place });
        }
        let theirs: BTreeMap<String, (&String, &PathBuf)> =
            self.source.paths.iter().map(|(path, place)| (key(path), (path, place))).collect();
        // Before the files, so that those which still are of interest are replaced.
        for path in files::read_everything(&self.root.join(NEWER))?.into_keys() {
            self.shown.insert(key(&path));
            self.plan.delete.insert(format!("{NEWER}/{path}"));
        }
        let keys: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
        let mut list = String::new();
        for key in keys {
            let new = match theirs.get(key) {
                Some((path, place)) => {
                    let bytes = files::read(place)?;
                    list += &format!("{} {path}\n", files::blob_id(&bytes));
                    Some(((*path).clone(), (*place).clone(), bytes))
                }
                None => None,
            };
            match (mine.get(key), new) {
                (Some(mine), new) => self.file(key, mine, new)?,
                (None, Some((path, place, bytes))) if self.was_deleted(key, &path) => {
                    self.show(key, &path, &place, bytes)?;
                }
                (None, Some((path, place, bytes))) => {
                    self.done.added += 1;
                    self.write(path, bytes, place);
                }
                (None, None) => {}
            }
        }
        let lock = files::blob_id(&files::read(&self.source.course.root.join(LOCK))?);
        let list_path = files::relative(self.root, &versions::list_of(self.root, &lock));
        if files::read_text(&self.root.join(&list_path)).ok().as_ref() != Some(&list) {
            self.plan.write.insert(list_path, list.into_bytes());
        }
        self.chapters()
    }

    /// Decides on a file that is here.
    fn file(&mut self, key: &str, mine: &Mine, new: Option<(String, PathBuf, Vec<u8>)>) -> Result<()> {
        let chapter = chapter_of(&mine.path)
            .filter(|(_, folder, _)| self.folders.get(parts(folder).1).is_some_and(|known| known == folder));
        // Where it will be: with its chapter.
        let to = chapter.and_then(|(top, folder, file)| {
            let moved = match self.new_folders.get(parts(folder).1) {
                Some(new) => format!("{top}/{new}/{file}"),
                None => format!("{LEFT}/{}", mine.path),
            };
            (moved != mine.path).then_some(moved)
        });
        let is_known = self.published.knows(key) || self.source.history.knows(key);
        let is_file = mine.place.is_file() && !mine.place.is_symlink();
        // A link, or what is no file, is the learner's. So is what no version knows.
        let matters = is_known || new.is_some() || to.is_some();
        let bytes = if is_file && matters { Some(files::read(&mine.place)?) } else { None };
        let id = bytes.as_ref().map(|bytes| files::blob_id(bytes));
        let is_theirs = |id: &String| self.published.has(key, id) || self.source.history.has(key, id);
        // A list of another version's exercises would be of no use.
        let is_untouched = id.as_ref().is_some_and(is_theirs) || mine.path == LOCK;
        match new {
            Some((path, place, new)) if is_untouched => {
                if path != mine.path {
                    self.plan.delete.insert(mine.path.clone());
                }
                if path != mine.path || bytes.as_ref() != Some(&new) {
                    self.done.replaced += usize::from(bytes.as_ref() != Some(&new));
                    self.write(path, new, place);
                }
                return Ok(());
            }
            None if is_untouched => {
                self.done.deleted += 1;
                self.plan.delete.insert(mine.path.clone());
                return Ok(());
            }
            Some((path, place, new)) if bytes.as_ref() != Some(&new) => self.show(key, &path, &place, new)?,
            Some(_) => {}
            None if is_known && to.is_none() => self.done.yours_alone.push(mine.path.clone()),
            None => {}
        }
        if let Some(to) = to {
            ensure!(
                is_file && mine.place.to_str().is_some(),
                "{} is a link, or nothing that can be moved, and its chapter has another place in the newer version. Nothing was changed.\n\
                 Move it out of there, then run the command again.",
                mine.place.display()
            );
            if to.starts_with(LEFT) {
                let folder = mine.path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
                self.done.left.insert(format!("{LEFT}/{folder}"));
            }
            self.plan.delete.insert(mine.path.clone());
            self.write(to, bytes.unwrap_or_default(), mine.place.clone());
        }
        Ok(())
    }

    /// Whether the learner deleted this file, which the newer version has. Without a manifest Cargo builds nothing.
    fn was_deleted(&self, key: &str, path: &str) -> bool {
        let chapter = chapter_of(path).and_then(|(_, folder, _)| self.folders.get(parts(folder).1));
        let is_here = chapter.is_some_and(|folder| self.root.join("exercises").join(folder).is_dir());
        is_here && self.lock.contains_key(key) && !path.ends_with("/Cargo.toml")
    }

    /// Puts a file of the newer version beside the learner's, if it is another one than in the version before, or if that one
    /// was put there already.
    fn show(&mut self, key: &str, path: &str, place: &Path, bytes: Vec<u8>) -> Result<()> {
        let id = files::blob_id(&bytes);
        // So that a reset finds it.
        if self.newer.contains_key(key) {
            let kept = originals::kept_as(self.root, &id);
            if !kept.is_file() {
                self.plan.write.insert(files::relative(self.root, &kept), bytes.clone());
            }
        }
        let is_news = match self.lock.get(key) {
            Some(before) => *before != id,
            None => !self.published.has(key, &id),
        };
        if is_news || self.shown.contains(key) {
            self.done.both.push(path.to_owned());
            self.write(format!("{NEWER}/{path}"), bytes, place.to_owned());
        }
        Ok(())
    }

    fn write(&mut self, path: String, bytes: Vec<u8>, like: PathBuf) {
        self.plan.delete.remove(&path);
        self.plan.modes.insert(path.clone(), like);
        self.plan.write.insert(path, bytes);
    }

    /// Says what it means for each chapter.
    fn chapters(&mut self) -> Result<()> {
        let progress = Progress::load(self.root)?;
        let here = Originals::load(self.root)?;
        for (id, folder) in &self.new_folders {
            let Some(before) = self.folders.get(id) else {
                self.done.new_chapters.push(folder.clone());
                continue;
            };
            if before != folder {
                self.done.moved.push((before.clone(), folder.clone()));
            }
            let of = |lock: &BTreeMap<String, String>| -> BTreeMap<String, String> {
                let prefix = format!("exercises/{id}/");
                let own = lock.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
                own.map(|(key, id)| (key.clone(), id.clone())).collect()
            };
            let (then, now) = (of(&self.lock), of(&self.newer));
            let is_changed = || here.changed_in(before).map_or(true, |changed| !changed.is_empty());
            if then != now && (progress.chapters.contains_key(id) || is_changed()) {
                let prefix = format!("exercises/{folder}/");
                let new = self.plan.write.keys().filter(|path| path.starts_with(&prefix));
                let is_theirs = |path: &&String| {
                    self.newer.get(&key(path)) == Some(&files::blob_id(&self.plan.write[*path]))
                };
                self.done.met.insert(folder.clone(), new.filter(is_theirs).count());
            }
        }
        Ok(())
    }
}

fn folders(ids: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let folders = ids.keys().filter_map(|file| file.split('/').next());
    folders.map(|folder| (parts(folder).1.to_owned(), folder.to_owned())).collect()
}

fn by_key(ids: BTreeMap<String, String>) -> BTreeMap<String, String> {
    ids.into_iter().map(|(file, id)| (key(&format!("exercises/{file}")), id)).collect()
}
