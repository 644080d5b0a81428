//! Which wrong answers an earlier check has seen caught, with the very files that stand there now.
//!
//! What is compared is all that a verdict comes from: the solution with the answer in it, the exercise's tests, and what
//! all chapters share: the crates beside them, the tool among them, and what the workbook says to Cargo. One chapter's
//! check believes it; the check of the whole workbook tries everything again. It is kept in `target/workbook/caught/ID`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use workbook::course::{
    Chapter, Course,
    files::{self, Files},
};

/// What decides beside the crates: what is built with what, and how.
const SETTINGS: [&str; 4] = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "rust-toolchain.toml"];

/// What all chapters share, as one fingerprint.
///
/// # Errors
/// When a file cannot be read.
pub fn shared(root: &Path) -> Result<String> {
    let mut all = Files::new();
    for entry in fs::read_dir(root)? {
        let dir = entry?.path();
        let name = files::relative(root, &dir);
        // A crate of its own; those of the chapters are deeper.
        if dir.join("Cargo.toml").is_file() {
            all.extend(
                files::read_all(&dir)?.into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)),
            );
        }
    }
    for name in SETTINGS.into_iter().filter(|name| root.join(name).is_file()) {
        all.insert(name.to_owned(), files::read(&root.join(name))?);
    }
    Ok(files::fingerprint(&all))
}

/// The wrong answers of one chapter that were caught.
#[derive(Debug)]
pub struct Caught {
    file: PathBuf,
    /// What all of its answers have in common.
    common: String,
    before: BTreeSet<String>,
    now: BTreeSet<String>,
}

impl Caught {
    /// What is known of this chapter. `shared`: see [`shared`].
    ///
    /// # Errors
    /// When its tests cannot be read. A list that cannot be read is an empty one.
    pub fn of(course: &Course, chapter: &Chapter, shared: &str) -> Result<Self> {
        let file = course.root.join("target/workbook/caught").join(&chapter.id);
        let before = fs::read_to_string(&file).unwrap_or_default().lines().map(str::to_owned).collect();
        let tests = files::fingerprint(&files::read_all(&chapter.dir.join("tests"))?);
        Ok(Self { file, common: format!("{shared} {tests}"), before, now: BTreeSet::new() })
    }

    /// Whether the solution with this answer in it was caught before.
    pub fn before(&self, version: &Files) -> bool {
        self.before.contains(&self.line(version))
    }

    /// It is caught.
    pub fn add(&mut self, version: &Files) {
        self.now.insert(self.line(version));
    }

    /// Keeps what is known now, and forgets the rest.
    ///
    /// # Errors
    /// See [`files::write`].
    pub fn keep(&self) -> Result<()> {
        let lines: Vec<&str> = self.now.iter().map(String::as_str).collect();
        files::write(&self.file, lines.join("\n").as_bytes())
    }

    fn line(&self, version: &Files) -> String {
        format!("{} {}", self.common, files::fingerprint(version))
    }
}
