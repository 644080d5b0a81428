//! Which answers an earlier check has seen judged as they should be, with the very files that stand there now.
//!
//! What is compared is all that a verdict comes from: the solution with the answer in it, what the answer says, the tests of
//! the rings that it is tried with, and what all chapters share: the crates beside them, the tool among them, and what the
//! workbook says to Cargo. One chapter's check believes it; the check of the whole workbook tries everything again. It is kept
//! in `target/workbook/caught/ID`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use workbook::course::{Chapter, Course, Files, files};

use super::{Gate, answers::Applied};

/// What decides beside the crates: what is built with what, and how.
const SETTINGS: [&str; 4] = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "rust-toolchain.toml"];

/// What all chapters share, as one fingerprint.
pub fn shared(root: &Path) -> Result<String> {
    let mut all = Files::new();
    let folders = files::folders(root)?.into_iter();
    // Those with a crate of their own; those of the chapters are deeper.
    for name in folders.filter(|name| root.join(name).join("Cargo.toml").is_file()) {
        let files = files::read_all(&root.join(&name))?.into_iter();
        all.extend(files.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
    }
    for name in SETTINGS.into_iter().filter(|name| root.join(name).is_file()) {
        all.insert(name.to_owned(), files::read(&root.join(name))?);
    }
    Ok(files::fingerprint(&all))
}

/// The answers of one chapter that were judged so, each as what its verdict comes from.
#[derive(Debug)]
pub struct Caught {
    file: PathBuf,
    /// What all of its answers have in common.
    common: String,
    /// An earlier check had nothing against these. A list that cannot be read is an empty one.
    pub before: BTreeSet<String>,
    /// Nor has this one against these.
    pub now: BTreeSet<String>,
}

impl Caught {
    /// What is known of this chapter. `shared`: see [`shared`].
    pub fn of(course: &Course, chapter: &Chapter, shared: &str) -> Result<Self> {
        let file = course.root.join("target/workbook/caught").join(&chapter.id);
        let before = fs::read_to_string(&file).unwrap_or_default().lines().map(str::to_owned).collect();
        let mut tests = chapter.test_files().unwrap_or_default();
        // What its rings take in may take in what is no Rust: all that stands beside it.
        let borrowed = chapter.borrowed();
        let folders: BTreeSet<_> = borrowed.iter().filter_map(|path| path.split('/').next()).collect();
        for folder in folders {
            let files = files::read_all(&course.root.join("exercises").join(folder).join("tests"))?;
            tests.extend(files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
        }
        let common = format!("{shared} {}", files::fingerprint(&tests));
        Ok(Self { file, common, before, now: BTreeSet::new() })
    }

    pub fn line(&self, gate: Gate, applied: &Applied) -> String {
        let says = format!("{} {}", gate as u8, applied.answer.caught_by.join(","));
        format!("{} {says} {}", self.common, files::fingerprint(&applied.solution))
    }

    /// Keeps what is known now, and forgets the rest.
    pub fn keep(self) -> Result<()> {
        files::write(&self.file, Vec::from_iter(self.now).join("\n").as_bytes())
    }
}
