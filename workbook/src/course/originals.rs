//! The exercises as they were written: `exercises.lock` names every file of every exercise by its content.
//!
//! A line is `ID PATH`, the id being the one git gives the file (`git hash-object`). So a changed test is seen
//! without asking anybody, and its bytes are found again in git, or, in a copy without git, in the store that [`keep`] fills
//! when the first command runs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{Chapter, Course, Files, files};

pub const LOCK: &str = "exercises.lock";

const HEAD: &str =
    "# What every file of every exercise was before a learner changed it. Made by: cargo gates lock\n";

#[derive(Debug, PartialEq)]
pub struct Originals {
    root: PathBuf,
    /// From `01-first-route/src/lib.rs` to the id of its bytes.
    pub ids: BTreeMap<String, String>,
}

/// Keeps all starters of this version, as far as nobody has changed them yet. It is done once: before any command, so that
/// even `list` is in time.
pub fn keep(root: &Path) -> Result<()> {
    let lock = files::read(&root.join(LOCK))?;
    let done = kept_as(root, &files::blob_id(&lock));
    if done.is_file() {
        return Ok(());
    }
    for (file, id) in Originals::load(root)?.ids {
        let kept = kept_as(root, &id);
        if !kept.is_file()
            && let Ok(bytes) = files::read(&root.join("exercises").join(file))
            && files::blob_id(&bytes) == id
        {
            store(&kept, &bytes)?;
        }
    }
    store(&done, &lock)
}

/// Where bytes of this id are kept, if they are.
pub fn kept_as(root: &Path, id: &str) -> PathBuf {
    files::private_folder(root).join("pristine").join(id)
}

/// Without waiting for the disk: what is read is compared with its name, and there are hundreds.
fn store(path: &Path, bytes: &[u8]) -> Result<()> {
    let attempt = || {
        let dir = path.parent().unwrap_or(path);
        fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".saving-").tempfile_in(dir)?;
        file.write_all(bytes)?;
        files::persist(file, path)
    };
    attempt().map_err(|error| files::explain(path, &error))
}

impl Originals {
    pub fn load(root: &Path) -> Result<Self> {
        let path = root.join(LOCK);
        let text = fs::read_to_string(&path).with_context(|| {
            format!("{} cannot be read. Get it back with: git checkout -- {LOCK}", path.display())
        })?;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let ids = lines.map(|line| {
            let (id, file) = line.split_once(' ').with_context(|| {
                let path = path.display();
                format!("{path}: {line:?} is not `ID PATH`. Get the file back with: git checkout -- {LOCK}")
            })?;
            anyhow::Ok((file.to_owned(), id.to_owned()))
        });
        Ok(Self { root: root.to_owned(), ids: ids.collect::<Result<_>>()? })
    }

    /// What the file should say of the exercises as they are now.
    pub fn of(course: &Course) -> Result<Self> {
        let mut ids = BTreeMap::new();
        for chapter in &course.chapters {
            for (name, bytes) in files::read_all(&chapter.dir)? {
                ids.insert(format!("{}/{name}", chapter.folder), files::blob_id(&bytes));
            }
        }
        Ok(Self { root: course.root.clone(), ids })
    }

    pub fn save(&self) -> Result<()> {
        let lines: String = self.ids.iter().map(|(file, id)| format!("{id} {file}\n")).collect();
        files::write(&self.root.join(LOCK), format!("{HEAD}{lines}").as_bytes())
    }

    /// The files of one chapter that are not as they were written: changed, added or missing.
    pub fn changed(&self, chapter: &Chapter) -> Result<Vec<String>> {
        self.changed_in(&chapter.folder)
    }

    /// The same of the chapter in this folder.
    pub fn changed_in(&self, folder: &str) -> Result<Vec<String>> {
        let now = files::read_all(&self.root.join("exercises").join(folder))?;
        let now: BTreeSet<_> =
            now.iter().map(|(name, bytes)| (name.as_str(), files::blob_id(bytes))).collect();
        let then = self.of_folder(folder).map(|(name, id)| (name, id.to_owned())).collect();
        let differ: BTreeSet<&str> = now.symmetric_difference(&then).map(|(name, _)| *name).collect();
        Ok(differ.into_iter().map(str::to_owned).collect())
    }

    /// Of the chapter's files as they were written those whose names are `wanted`.
    pub fn some_files(&self, chapter: &Chapter, wanted: impl Fn(&str) -> bool) -> Result<Files> {
        let mut files = Files::new();
        for (name, id) in self.of_folder(&chapter.folder).filter(|(name, _)| wanted(name)) {
            files.insert(name.to_owned(), self.bytes(chapter, name, id)?);
        }
        ensure!(
            !files.is_empty(),
            "{LOCK} does not know the exercise {}. Get the file back with: git checkout -- {LOCK}",
            chapter.id
        );
        Ok(files)
    }

    fn bytes(&self, chapter: &Chapter, name: &str, id: &str) -> Result<Vec<u8>> {
        let is_it = |bytes: &Vec<u8>| files::blob_id(bytes) == id;
        let read = |path: PathBuf| files::read(&path).ok().filter(is_it);
        let in_git = || {
            let mut git = Command::new("git");
            git.args(["cat-file", "blob", id]).current_dir(&self.root).stderr(Stdio::null());
            git.output().ok().map(|output| output.stdout).filter(is_it)
        };
        let found = read(chapter.dir.join(name)).or_else(|| read(kept_as(&self.root, id))).or_else(in_git);
        found.with_context(|| {
            format!(
                "the starter of {}/{name} is not found: the file was changed before the first `cargo workbook`, and git does not have it.\n\
                 Nothing was changed. Download the workbook again into another folder and copy that file from there.",
                chapter.folder
            )
        })
    }

    fn of_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.ids.iter().filter_map(move |(file, id)| {
            let name = file.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name, id.as_str()))
        })
    }
}
