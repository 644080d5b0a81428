//! Which files are the workbook's own, and as they were published: an update may replace those, and no others.
//!
//! `.workbook/versions/` holds a list for each version that was here, with lines as in `exercises.lock`. It is made when the first
//! command runs, and by each update; its name is the id of that version's `exercises.lock`. Where the workbook comes by git,
//! the history of what was published says the same, and also of versions that came by `git pull`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use toml::Table;

use super::{files, originals, parts};

/// Contents by the files that had them, each file by its [`key`].
#[derive(Debug, Default)]
pub struct Published(BTreeMap<String, BTreeSet<String>>);

impl Published {
    /// What the lists know of the versions that were here.
    pub fn load(root: &Path) -> Result<Self> {
        let mut published = Self::default();
        for (file, id) in originals::Originals::load(root)?.ids {
            published.add(&format!("exercises/{file}"), &id);
        }
        for list in lists(root) {
            for line in files::read_text(&list)?.lines() {
                if let Some((id, path)) = line.split_once(' ') {
                    published.add(path, id);
                }
            }
        }
        Ok(published)
    }

    /// What the commits of a repository up to these revisions brought, but for the exercises: of those the lists know all, and
    /// a fork has its owner's solutions.
    pub fn of_history(repository: &Path, revisions: &str) -> Result<Self> {
        let log = [
            "log",
            "--no-show-signature",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "-m",
            "--root",
            "-z",
            "--format=",
        ];
        let log = git(repository, &[&log[..], &[revisions]].concat())?;
        let log = String::from_utf8_lossy(&log);
        let mut published = Self::default();
        let mut parts = log.split('\0').map(|part| part.trim_start_matches('\n'));
        while let Some(about) = parts.find(|part| part.starts_with(':')) {
            if let (Some(id), Some(path)) = (about.split(' ').nth(3), parts.next())
                && !is_of_an_exercise(path)
            {
                published.add(path, id);
            }
        }
        Ok(published)
    }

    pub fn knows(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub fn has(&self, key: &str, id: &str) -> bool {
        self.0.get(key).is_some_and(|ids| ids.contains(id))
    }

    fn add(&mut self, path: &str, id: &str) {
        self.0.entry(key(path)).or_default().insert(id.to_owned());
    }
}

/// A path of the workbook without the number of its chapter, which another version may count otherwise.
pub fn key(path: &str) -> String {
    match chapter_of(path) {
        Some((top, folder, file)) => format!("{top}/{}/{file}", parts(folder).1),
        None => path.to_owned(),
    }
}

/// `exercises`, `09-money` and `src/lib.rs` of a path; also of one below `solutions`.
pub fn chapter_of(path: &str) -> Option<(&str, &str, &str)> {
    match path.splitn(3, '/').collect::<Vec<_>>()[..] {
        [top @ ("exercises" | "solutions"), folder, file] => Some((top, folder, file)),
        _ => None,
    }
}

fn is_of_an_exercise(path: &str) -> bool {
    chapter_of(path).is_some_and(|(top, ..)| top == "exercises")
}

/// The version of a workbook, as far as one needs to know it to report a fault.
pub fn name(root: &Path) -> String {
    let manifest = files::read_text(&root.join("Cargo.toml")).unwrap_or_default();
    let manifest: Table = toml::from_str(&manifest).unwrap_or_default();
    let number = || manifest.get("workspace")?.get("package")?.get("version")?.as_str();
    let lock = files::read(&root.join(originals::LOCK)).map(|lock| files::blob_id(&lock));
    let exercises = lock.map_or_else(|_| "unknown".to_owned(), |id| id[..10].to_owned());
    format!("{}, exercises {exercises}", number().unwrap_or("without a number"))
}

/// All files of a workbook but for what is built, what is private, and what others put there: by their paths.
pub fn all(root: &Path) -> Result<BTreeMap<String, PathBuf>> {
    const OTHERS: [&str; 4] = [".git", ".workbook", "book-output", "target"];
    let mut all = BTreeMap::new();
    let entries = fs::read_dir(root).with_context(|| format!("{} cannot be read", root.display()))?;
    for entry in entries.flatten().filter(|entry| !OTHERS.iter().any(|other| entry.file_name() == *other)) {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let paths = if is_folder { files::below(&path, |name| name != "node_modules")? } else { vec![path] };
        all.extend(paths.into_iter().map(|path| (files::relative(root, &path), path)));
    }
    Ok(all)
}

/// Writes down what this version of the workbook holds, unless that is known. In a clone only the first time: later, files that
/// the learner changed could be taken for those of a version that came by `git pull`.
pub fn record(root: &Path) -> Result<()> {
    let id = files::blob_id(&files::read(&root.join(originals::LOCK))?);
    let list = list_of(root, &id);
    if list.is_file() || (root.join(".git").exists() && !lists(root).is_empty()) {
        return Ok(());
    }
    let originals = originals::Originals::load(root)?;
    let mut lines: BTreeSet<String> =
        originals.ids.into_iter().map(|(file, id)| format!("{id} exercises/{file}\n")).collect();
    for (path, place) in all(root)?.into_iter().filter(|(path, _)| !is_of_an_exercise(path)) {
        if !place.is_symlink()
            && let Ok(bytes) = files::read(&place)
        {
            lines.insert(format!("{} {path}\n", files::blob_id(&bytes)));
        }
    }
    files::write(&list, lines.into_iter().collect::<String>().as_bytes())
}

/// The list of the version whose `exercises.lock` has this id.
pub fn list_of(root: &Path, lock: &str) -> PathBuf {
    files::private_folder(root).join("versions").join(lock)
}

fn lists(root: &Path) -> Vec<PathBuf> {
    files::below(&files::private_folder(root).join("versions"), files::is_own).unwrap_or_default()
}

/// What a git command prints. `repository` is where it runs.
pub fn git(repository: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git")
        .current_dir(repository)
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .output()
        .context("git cannot be started. Install it, or name a folder or an archive with --from")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {} says: {}", arguments[0], said.trim());
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_chapter_is_the_same_one_under_another_number() {
        assert_eq!(key("exercises/09-money/src/lib.rs"), "exercises/money/src/lib.rs");
        assert_eq!(key("solutions/10-money/src/lib.rs"), "solutions/money/src/lib.rs");
        assert_eq!(key("exercises/rustfmt.toml"), "exercises/rustfmt.toml");
        assert_eq!(key("book/09-money/page.md"), "book/09-money/page.md");
    }
}
