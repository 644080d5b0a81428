//! `carry`: a maintainer's change in one chapter, forward through all later snapshots, by git's own three-way merge.
//!
//! For each later chapter: what changed in the solved chapter before is merged into the starter, what changed in the
//! starter into the solution, what changed in the solution into its answers. All of it happens in memory; files
//! are written only when nothing conflicts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anstream::println;
use anyhow::{Context, Result, bail, ensure};
use workbook::{
    commands::Verdict,
    course::{
        Chapter, Course, Files,
        answers::{self, Answer},
        files,
    },
    terminal::style,
};

use crate::check::chain;

/// Merges the change of a chapter since `base`, a revision of git, into every later snapshot, or says where it cannot.
/// A conflict is a verdict: nothing is written then.
pub fn carry(course: &Course, id: &str, base: &str) -> Verdict {
    let Plan { writes, conflicts } = plan(course, course.chapter(id)?, base)?;
    if !conflicts.is_empty() {
        for file in &conflicts {
            println!("  {} {file}", style::bad("conflict"));
        }
        println!(
            "Nothing was written. Make the change in the first of these files by hand, in its own words, and carry again; \
             what is the same on both sides does not conflict."
        );
        return Ok(false);
    }
    write(&course.root, &writes)?;
    for (file, bytes) in &writes {
        println!("  {} {file}", style::good(if bytes.is_some() { "written" } else { "removed" }));
    }
    println!(
        "{} files. Next: cargo gates lock, cargo gates check, and read the difference (git diff).",
        writes.len()
    );
    Ok(true)
}

/// What a carry would do.
#[derive(Default)]
struct Plan {
    /// The files to write, relative to the workbook, with their new bytes; `None` removes one.
    writes: BTreeMap<String, Option<Vec<u8>>>,
    /// The files in which both sides changed the same lines, relative to the workbook.
    conflicts: Vec<String>,
}

/// What a chapter hands on, before and after.
type Change = [Files; 2];

fn plan(course: &Course, chapter: &Chapter, base: &str) -> Result<Plan> {
    let mut plan = Plan::default();
    let then = at_revision(&course.root, base, &format!("solutions/{}", chapter.folder))?;
    ensure!(
        !then.is_empty(),
        "git has no solutions/{} at {base}: commit the chapter first, then change and carry it",
        chapter.folder
    );
    let now = files::read_all(&chapter.solution_dir)?;
    plan.answers(chapter, &then, &now)?;
    let change = [&then, &now].map(chain::handed_on);
    ensure!(change[0] != change[1], "nothing to carry: {} hands on the same as at {base}", chapter.id);
    let mut changed = BTreeMap::from([(&chapter.id, change)]);
    for later in &course.chapters {
        if later.id != chapter.id && later.about.from.iter().any(|from| changed.contains_key(from)) {
            let change = plan.carry_into(later, &changed)?;
            changed.insert(&later.id, change);
        }
    }
    plan.conflicts.dedup();
    Ok(plan)
}

impl Plan {
    fn carry_into(&mut self, chapter: &Chapter, changed: &BTreeMap<&String, Change>) -> Result<Change> {
        let (mut then, mut now) = (Files::new(), Files::new());
        for from in &chapter.about.from {
            let Some([before, after]) = changed.get(from) else { continue };
            then.extend(chain::renamed(before, from, &chapter.id)?);
            now.extend(chain::renamed(after, from, &chapter.id)?);
        }
        let exercise = files::read_all(&chapter.dir)?;
        let exercise_after =
            self.carried(&format!("exercises/{}", chapter.folder), &exercise, &then, &now)?;
        let [before, after] = [&exercise, &exercise_after].map(chain::handed_on);
        let solution = files::read_all(&chapter.solution_dir)?;
        let solution_after =
            self.carried(&format!("solutions/{}", chapter.folder), &solution, &before, &after)?;
        self.answers(chapter, &solution, &solution_after)?;
        Ok([&solution, &solution_after].map(chain::handed_on))
    }

    /// Writes the answers anew whose files have changed in the solution.
    fn answers(&mut self, chapter: &Chapter, then: &Files, now: &Files) -> Result<()> {
        let from_the_root = |files: &Files| -> Files {
            let name = |name: &String| format!("solutions/{}/{name}", chapter.folder);
            files.iter().map(|(file, bytes)| (name(file), bytes.clone())).collect()
        };
        let [all, then, now] = [&files::read_all(&chapter.solution_dir)?, then, now].map(from_the_root);
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
            let mut ours = then.clone();
            for (file, text) in changed {
                put(&mut ours, &file, text.map(String::into_bytes).as_ref());
            }
            let (ours, conflicts) = merged(&ours, &then, &now)?;
            self.conflicts.extend(conflicts.first().map(|_| path.clone()));
            let anew = answer.anew(&now, &ours);
            if anew != text {
                self.writes.insert(path.clone(), Some(anew.into_bytes()));
            }
        }
        Ok(())
    }

    /// `ours` with what changed between `then` and `now`; what differs is planned as writes below `folder`.
    fn carried(&mut self, folder: &str, ours: &Files, then: &Files, now: &Files) -> Result<Files> {
        let (merged, conflicts) = merged(ours, then, now)?;
        self.conflicts.extend(conflicts.iter().map(|name| format!("{folder}/{name}")));
        for name in ours.keys().chain(merged.keys()) {
            if ours.get(name) != merged.get(name) {
                self.writes.insert(format!("{folder}/{name}"), merged.get(name).cloned());
            }
        }
        Ok(merged)
    }
}

/// `ours` with what changed between `then` and `now`, and the names of the files in which both changed the same lines.
fn merged(ours: &Files, then: &Files, now: &Files) -> Result<(Files, Vec<String>)> {
    let (mut merged, mut conflicts) = (ours.clone(), Vec::new());
    for name in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        match (ours.get(name), then.get(name), now.get(name)) {
            (_, then, now) if then == now => {}
            // New or gone before, or untouched here.
            (ours, then, now) if ours == then => put(&mut merged, name, now),
            // This chapter has done away with it.
            (None, ..) => {}
            (Some(ours), Some(then), Some(now)) => match merged_lines(name, ours, then, now)? {
                Some(bytes) => put(&mut merged, name, Some(&bytes)),
                None => conflicts.push(name.clone()),
            },
            (Some(_), ..) => conflicts.push(name.clone()),
        }
    }
    Ok((merged, conflicts))
}

/// One file by `git merge-file`; `None` where both changed the same lines.
fn merged_lines(name: &str, ours: &[u8], then: &[u8], now: &[u8]) -> Result<Option<Vec<u8>>> {
    let dir = tempfile::tempdir().context("a temporary folder for git")?;
    for (name, bytes) in [("ours", ours), ("then", then), ("now", now)] {
        files::write(&dir.path().join(name), bytes)?;
    }
    let output = git(dir.path(), &["merge-file", "--stdout", "ours", "then", "now"])?;
    match output.status.code() {
        Some(0) => Ok(Some(output.stdout)),
        Some(1..=127) => Ok(None),
        _ => bail!("git cannot merge {name}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

fn put(files: &mut Files, name: &str, bytes: Option<&Vec<u8>>) {
    match bytes {
        Some(bytes) => files.insert(name.to_owned(), bytes.clone()),
        None => files.remove(name),
    };
}

/// When a write fails, those before it are taken back.
fn write(root: &Path, writes: &BTreeMap<String, Option<Vec<u8>>>) -> Result<()> {
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (name, bytes) in writes {
        let path = root.join(name);
        let before = std::fs::read(&path).ok();
        if let Err(error) = write_one(&path, bytes.as_deref()) {
            for (path, before) in done.into_iter().rev() {
                write_one(&path, before.as_deref()).context("a file could not be put back; git has it")?;
            }
            return Err(error);
        }
        done.push((path, before));
    }
    Ok(())
}

fn write_one(path: &Path, bytes: Option<&[u8]>) -> Result<()> {
    match bytes {
        Some(bytes) => files::write(path, bytes),
        None => std::fs::remove_file(path).map_err(|error| files::explain(path, &error)),
    }
}

/// The files of a folder as git has them at a revision.
fn at_revision(root: &Path, revision: &str, folder: &str) -> Result<Files> {
    let git = |arguments: &[&str]| -> Result<Vec<u8>> {
        let output = git(root, arguments)?;
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
    for name in names.split_terminator('\0') {
        let bytes = git(&["cat-file", "blob", &format!("{revision}:{name}")])?;
        let below = name.strip_prefix(folder).unwrap_or(name).trim_start_matches('/');
        files.insert(below.to_owned(), bytes);
    }
    Ok(files)
}

fn git(dir: &Path, arguments: &[&str]) -> Result<Output> {
    let output = Command::new("git").args(arguments).current_dir(dir).output();
    output.context("git cannot be started; install it, carry reads the state before from it")
}
