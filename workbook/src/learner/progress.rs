//! What the learner has done so far: `.workbook/progress.toml`, one small sorted text file keyed by chapter.
//!
//! It is written whole, by rename, under a lock: a crash leaves the old file or the new one, and two tools at once
//! lose nothing of each other's.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::Lock;
use crate::course::{Chapter, Course, files};

/// The file's format. A newer tool that changes its meaning counts this up.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    version: u32,
    /// The chapter that was worked on last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub chapters: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Tests that passed in the last run, and all there were; both 0 when it did not compile.
    pub passed: usize,
    pub total: usize,
    /// The tests that failed in the last run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<String>,
    /// Of all those, the ones of the kept ring.
    #[serde(skip_serializing_if = "is_zero")]
    pub kept_passed: usize,
    #[serde(skip_serializing_if = "is_zero")]
    pub kept_total: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept_failing: Vec<String>,
    /// The tests that could not run on this machine, and, with them, why and what to do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_run: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub missing: String,
    /// The tests that took long when they ran last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slow: Vec<String>,
    /// The compiler's error codes of the last run; `["error"]` where it gave none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The texts of hints that the compiler or the first failure of the last run said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
    /// The learner's files as the last run found them, as one fingerprint.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The test files that the last run ran, as one fingerprint.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tests: String,
    /// When it was green for the first time (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub green_at: Option<String>,
    /// How many hints were shown, per test or error they belong to.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub hints: BTreeMap<String, usize>,
    /// Whether the learner asked for the solution before it was green.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub solution_shown: bool,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    NotStarted,
    DoesNotCompile,
    Red,
    /// No test failed, and at least one could not run on this machine.
    NotRun,
    Green,
    /// Green, but the tests have changed since.
    GreenOlderTests,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, current: None, chapters: BTreeMap::new() }
    }
}

impl Progress {
    /// Reads the file; a course that nobody has worked on yet has none.
    /// A file that is not one of ours is an error, and is left as it is.
    pub fn load(root: &Path) -> Result<Self> {
        let path = path(root);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let problem = match toml::from_str::<Self>(&text) {
            Ok(progress) if progress.version == VERSION => return Ok(progress),
            Ok(Self { version, .. }) => {
                format!(
                    "it has version {version}, and this tool reads version {VERSION}. Update the workbook."
                )
            }
            Err(error) => error.to_string(),
        };
        bail!(
            "{} is damaged: {}\n\
             Nothing was changed. Mend that line, or rename the file and run `cargo workbook verify`: \
             it finds again what you have solved. Your code and its snapshots are not in this file.",
            path.display(),
            problem.trim_end()
        )
    }

    /// Changes the file: reads it, lets `change` change it, writes it, all under the lock. Returns what was written.
    /// Where it fails, the file is as it was.
    pub fn update(root: &Path, change: impl FnOnce(&mut Self)) -> Result<Self> {
        Self::update_under(&Lock::take(root)?, change)
    }

    /// The same, where the lock is held already.
    pub fn update_under(lock: &Lock, change: impl FnOnce(&mut Self)) -> Result<Self> {
        let root = lock.root();
        let before = Self::load(root)?;
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            files::write(&path(root), toml::to_string(&after).context("progress as TOML")?.as_bytes())?;
        }
        Ok(after)
    }

    pub fn entry(&mut self, id: &str) -> &mut Entry {
        self.chapters.entry(id.to_owned()).or_default()
    }

    pub fn of(&self, id: &str) -> Entry {
        self.chapters.get(id).cloned().unwrap_or_default()
    }

    /// Where the chapter stands. `tests` is the fingerprint of its test files as they are now.
    pub fn state(&self, id: &str, tests: &str) -> State {
        match self.chapters.get(id) {
            None => State::NotStarted,
            Some(entry) if !entry.errors.is_empty() => State::DoesNotCompile,
            Some(entry) if entry.total == 0 => State::NotStarted,
            Some(entry) if entry.passed + entry.not_run.len() < entry.total => State::Red,
            Some(entry) if !entry.not_run.is_empty() => State::NotRun,
            Some(entry) if entry.tests != tests => State::GreenOlderTests,
            Some(_) => State::Green,
        }
    }

    /// Whether the last run of a chapter was green.
    pub fn is_green(&self, id: &str) -> bool {
        let entry = self.of(id);
        entry.errors.is_empty() && entry.total > 0 && entry.passed == entry.total
    }

    /// The chapter to work on: the one that was worked on last, or, once it is green, the next that is not.
    /// `None` when all are green.
    pub fn current<'a>(&self, course: &'a Course) -> Option<&'a Chapter> {
        let last =
            self.current.as_ref().and_then(|id| course.chapters.iter().position(|chapter| &chapter.id == id));
        let (before, from) = course.chapters.split_at(last.unwrap_or(0));
        from.iter().chain(before).find(|chapter| !self.is_green(&chapter.id))
    }
}

/// The file. It is replaced whole whenever something of it changes.
pub fn path(root: &Path) -> PathBuf {
    files::private_folder(root).join("progress.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn green(tests: &str) -> Entry {
        Entry { passed: 3, total: 3, tests: tests.into(), ..Entry::default() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let root = tempfile::tempdir().unwrap();
        let written = Progress::update(root.path(), |progress| {
            progress.current = Some("dtos".into());
            *progress.entry("dtos") =
                Entry { failing: vec!["a".into()], hints: [("a".into(), 2)].into(), ..green("f") };
            progress.entry("alpha").green_at = Some("2026-11-22T12:00:00Z".into());
        })
        .unwrap();
        assert_eq!(Progress::load(root.path()).unwrap(), written);
        let text = fs::read_to_string(path(root.path())).unwrap();
        assert!(text.find("[chapters.alpha]") < text.find("[chapters.dtos]"), "sorted by chapter:\n{text}");
    }

    #[test]
    fn a_damaged_file_is_reported_and_left_alone() {
        let root = tempfile::tempdir().unwrap();
        for damage in ["version = 1\n[chapters.dt", "chapters = 3", "version = 99", ""] {
            files::write(&path(root.path()), damage.as_bytes()).unwrap();
            let error = Progress::update(root.path(), |progress| progress.current = None).unwrap_err();
            assert!(
                error.to_string().contains("cargo workbook verify") || damage.contains("99"),
                "{error:#}"
            );
            assert_eq!(fs::read_to_string(path(root.path())).unwrap(), damage);
        }
    }

    #[test]
    fn many_writers_lose_nothing_of_each_other() {
        let root = tempfile::tempdir().unwrap();
        let (path, writers) = (root.path(), 8);
        std::thread::scope(|scope| {
            for writer in 0..writers {
                scope.spawn(move || {
                    for run in 0..10 {
                        Progress::update(path, |progress| {
                            progress.entry(&format!("c{writer}-{run}")).total = 1
                        })
                        .unwrap();
                    }
                });
            }
        });
        assert_eq!(Progress::load(path).unwrap().chapters.len(), 80);
    }

    #[test]
    fn a_state_follows_from_the_last_run() {
        let mut progress = Progress::default();
        assert_eq!(progress.state("dtos", "f"), State::NotStarted);
        *progress.entry("dtos") = green("f");
        assert_eq!(progress.state("dtos", "f"), State::Green);
        assert_eq!(progress.state("dtos", "newer"), State::GreenOlderTests);
        progress.entry("dtos").passed = 2;
        assert_eq!(progress.state("dtos", "f"), State::Red);
        progress.entry("dtos").not_run = vec!["b".into()];
        assert_eq!(progress.state("dtos", "f"), State::NotRun);
        assert!(!progress.is_green("dtos"));
        progress.entry("dtos").errors = vec!["E0308".into()];
        assert_eq!(progress.state("dtos", "f"), State::DoesNotCompile);
    }
}
