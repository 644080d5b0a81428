//! Carries a maintainer's change in one chapter forward through all later snapshots, by git's own three-way merge.
//!
//! For each later chapter: what changed in the solved chapter before is merged into the starter, what changed in the
//! starter into the solution, what changed in the solution into its answers. All of it happens in memory; files
//! are written only when nothing conflicts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use workbook::course::{
    Chapter, Course,
    answers::{self, Answer},
    files::{self, Files},
};

use crate::chain;

/// What a carry would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files to write, relative to the workbook, with their new bytes; `None` removes one.
    pub writes: BTreeMap<String, Option<Vec<u8>>>,
    /// The files in which both sides changed the same lines, relative to the workbook.
    pub conflicts: Vec<String>,
}

/// A chapter before and after.
struct Change {
    before: Files,
    after: Files,
}

/// Works out what the change of `chapter` since `base` (a revision of git) means for all that come from it.
///
/// # Errors
/// When git does not know the revision, or a file cannot be read. Conflicts are in the plan.
pub fn plan(course: &Course, chapter: &Chapter, base: &str) -> Result<Plan> {
    let mut plan = Plan::default();
    let solution_then = at_revision(&course.root, base, &format!("solutions/{}", chapter.folder))?;
    ensure!(
        !solution_then.is_empty(),
        "git has no solutions/{} at {base}: commit the chapter first, then change and carry it",
        chapter.folder
    );
    let solution_now = files::read_all(&chapter.solution_dir)?;
    plan.answers(chapter, &solution_then, &solution_now)?;
    let change = Change { before: chain::handed_on(&solution_then), after: chain::handed_on(&solution_now) };
    if change.before == change.after {
        bail!("nothing to carry: {} hands on the same as at {base}", chapter.id);
    }
    let mut changed = BTreeMap::from([(chapter.id.clone(), change)]);
    for later in &course.chapters {
        if later.id != chapter.id && later.about.from.iter().any(|from| changed.contains_key(from)) {
            let change = plan.carry_into(later, &changed)?;
            changed.insert(later.id.clone(), change);
        }
    }
    plan.conflicts.dedup();
    Ok(plan)
}

impl Plan {
    fn carry_into(&mut self, chapter: &Chapter, changed: &BTreeMap<String, Change>) -> Result<Change> {
        let (mut then, mut now) = (Files::new(), Files::new());
        for change in chapter.about.from.iter().filter_map(|from| Some((from, changed.get(from)?))) {
            let (from, change) = change;
            then.extend(chain::renamed(&change.before, from, &chapter.id)?);
            now.extend(chain::renamed(&change.after, from, &chapter.id)?);
        }
        let exercise = files::read_all(&chapter.dir)?;
        let exercise_after = self.merged(&format!("exercises/{}", chapter.folder), &exercise, &then, &now)?;
        let (before, after) = (chain::handed_on(&exercise), chain::handed_on(&exercise_after));
        let solution = files::read_all(&chapter.solution_dir)?;
        let solution_after =
            self.merged(&format!("solutions/{}", chapter.folder), &solution, &before, &after)?;
        self.answers(chapter, &solution, &solution_after)?;
        Ok(Change { before: chain::handed_on(&solution), after: chain::handed_on(&solution_after) })
    }

    /// Writes the answers anew whose files have changed in the solution.
    fn answers(&mut self, chapter: &Chapter, then: &Files, now: &Files) -> Result<()> {
        let from_the_root = |files: &Files| -> Files {
            let name = |name: &String| format!("solutions/{}/{name}", chapter.folder);
            files.iter().map(|(file, bytes)| (name(file), bytes.clone())).collect()
        };
        let (all, then, now) = (
            from_the_root(&files::read_all(&chapter.solution_dir)?),
            from_the_root(then),
            from_the_root(now),
        );
        for (path, bytes) in all.iter().filter(|(path, _)| answers::folder_of(path).is_some()) {
            let text = String::from_utf8_lossy(bytes);
            let applied = |files: &Files| {
                let before = |file: &str| Some(String::from_utf8_lossy(files.get(file)?).into_owned());
                Answer::parse(path, &text).and_then(|answer| Ok((answer.apply(before)?, answer)))
            };
            let Ok((changed, answer)) = applied(&then) else {
                // Where it is written for the solution as it is now, nothing is left to do. Else the gates say what is wrong.
                if applied(&now).is_err() {
                    self.conflicts.push(path.clone());
                }
                continue;
            };
            if changed.iter().all(|(file, _)| then.get(file) == now.get(file)) {
                continue;
            }
            let mut merged = now.clone();
            for (file, text) in changed {
                match (text, then.get(&file), now.get(&file)) {
                    (Some(text), Some(then), Some(now)) => {
                        if let Some(bytes) = self.merge(path, text.as_bytes(), then, now)? {
                            merged.insert(file, bytes);
                        }
                    }
                    (Some(text), None, None) => drop(merged.insert(file, text.into_bytes())),
                    (Some(_), ..) => self.conflicts.push(path.clone()),
                    (None, ..) => drop(merged.remove(&file)),
                }
            }
            let anew = answer.anew(&now, &merged);
            if anew != text {
                self.writes.insert(path.clone(), Some(anew.into_bytes()));
            }
        }
        Ok(())
    }

    /// `ours` with what changed between `then` and `now`; what differs is planned as writes below `folder`.
    fn merged(&mut self, folder: &str, ours: &Files, then: &Files, now: &Files) -> Result<Files> {
        let mut merged = ours.clone();
        let names: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
        for name in names {
            let path = format!("{folder}/{name}");
            match (ours.get(name), then.get(name), now.get(name)) {
                (_, then, now) if then == now => {}
                // New before, and not here yet.
                (None, None, Some(now)) => {
                    merged.insert(name.clone(), now.clone());
                }
                // This chapter has done away with it.
                (None, ..) => {}
                // Gone before, and untouched here.
                (Some(ours), Some(then), None) if ours == then => {
                    merged.remove(name);
                }
                (Some(_), _, None) | (Some(_), None, Some(_)) => self.conflicts.push(path),
                (Some(ours), Some(then), Some(now)) => {
                    if let Some(bytes) = self.merge(&path, ours, then, now)? {
                        merged.insert(name.clone(), bytes);
                    }
                }
            }
        }
        for name in ours.keys().chain(merged.keys()) {
            if ours.get(name) != merged.get(name) {
                self.writes.insert(format!("{folder}/{name}"), merged.get(name).cloned());
            }
        }
        Ok(merged)
    }

    /// One file by `git merge-file`; `None`, and a conflict is noted, where both changed the same lines.
    fn merge(&mut self, path: &str, ours: &[u8], then: &[u8], now: &[u8]) -> Result<Option<Vec<u8>>> {
        let dir = tempfile::tempdir().context("a temporary folder for git")?;
        for (name, bytes) in [("ours", ours), ("then", then), ("now", now)] {
            files::write(&dir.path().join(name), bytes)?;
        }
        let mut git = Command::new("git");
        git.args(["merge-file", "--stdout", "ours", "then", "now"]).current_dir(dir.path());
        let output = git.output().context("git cannot be started; install it, carry merges with it")?;
        match output.status.code() {
            Some(0) => Ok(Some(output.stdout)),
            Some(1..=127) => {
                self.conflicts.push(path.to_owned());
                Ok(None)
            }
            _ => bail!("git cannot merge {path}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }

    /// Writes what was planned. When a write fails, those before it are taken back.
    ///
    /// # Errors
    /// When there are conflicts, and nothing is written; or a file cannot be written, and all are as they were.
    pub fn write(&self, root: &Path) -> Result<()> {
        ensure!(self.conflicts.is_empty(), "nothing was written: {} files conflict", self.conflicts.len());
        let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        for (name, bytes) in &self.writes {
            let path = root.join(name);
            let before = std::fs::read(&path).ok();
            if let Err(error) = put(&path, bytes.as_deref()) {
                for (path, before) in done.into_iter().rev() {
                    put(&path, before.as_deref()).context("a file could not be put back; git has it")?;
                }
                return Err(error);
            }
            done.push((path, before));
        }
        Ok(())
    }
}

fn put(path: &Path, bytes: Option<&[u8]>) -> Result<()> {
    match bytes {
        Some(bytes) => files::write(path, bytes),
        None => std::fs::remove_file(path).map_err(|error| files::explain(path, &error)),
    }
}

/// The files of a folder as git has them at a revision.
fn at_revision(root: &Path, revision: &str, folder: &str) -> Result<Files> {
    let git = |arguments: &[&str]| -> Result<Vec<u8>> {
        let output = Command::new("git").args(arguments).current_dir(root).output();
        let output =
            output.context("git cannot be started; install it, carry reads the state before from it")?;
        ensure!(
            output.status.success(),
            "git {}: {}\nName a revision that git knows with --base",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(output.stdout)
    };
    let names = git(&["ls-tree", "-r", "-z", "--name-only", revision, "--", folder])?;
    let names = String::from_utf8(names).context("paths are UTF-8")?;
    let mut files = Files::new();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let bytes = git(&["cat-file", "blob", &format!("{revision}:{name}")])?;
        let below = name.strip_prefix(folder).unwrap_or(name).trim_start_matches('/');
        files.insert(below.to_owned(), bytes);
    }
    Ok(files)
}
