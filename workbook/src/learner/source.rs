//! Where a newer version of the workbook comes from: a folder, an archive, or a git repository.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::course::{
    Course, Originals, files,
    originals::LOCK,
    versions::{self, Published, git},
};

/// A version of the workbook that nobody has worked in.
pub struct Source {
    pub course: Course,
    /// Its files by their paths.
    pub paths: BTreeMap<String, PathBuf>,
    /// What was published until then, as far as git knows.
    pub history: Published,
    /// Holds the files, where they had to be fetched.
    _fetched: Option<TempDir>,
}

impl Source {
    /// Fetches it. `from` is what the learner names; without it, the remote repository that the clone knows.
    pub fn open(root: &Path, from: Option<&str>) -> Result<Self> {
        let remote = known_remote(root);
        let Some(from) = from.or(remote) else {
            bail!(
                "this copy of the workbook does not know where it came from: it is no git clone, or has no remote.\n\
                 Name a newer one, a folder, a .tar.gz or a git address: cargo workbook update --from PLACE"
            );
        };
        // A relative path counts from where the learner is.
        let place = env::current_dir().unwrap_or_default().join(from);
        let (folder, history, fetched) = if place.join("book.toml").is_file() {
            let history = match place.join(".git").exists() {
                true => Published::of_history(&place, "HEAD")?,
                false => local_history(root, remote)?,
            };
            (place, history, None)
        } else if place.is_file() {
            let unpacked = unpack(&place)?;
            let folder = root_of(unpacked.path(), &place)?;
            (folder, local_history(root, remote)?, Some(unpacked))
        } else {
            let address = if place.is_dir() { place.to_string_lossy().into_owned() } else { from.to_owned() };
            let (folder, history) = fetch(root, &address)?;
            (folder.path().join("files"), history, Some(folder))
        };
        let is_root = |folder: &Path| fs::canonicalize(folder).ok() == fs::canonicalize(root).ok();
        ensure!(!is_root(&folder), "{from} is this workbook itself. Name another one, which is newer.");
        let course = whole(&folder).with_context(|| format!("{from} is not a version of the workbook"))?;
        let paths = match folder.join(".git").exists() {
            true => tracked(&folder)?,
            false => versions::all(&folder)?,
        };
        Ok(Self { course, paths, history, _fetched: fetched })
    }
}

/// In a fork, `origin` is one's own, and by custom `upstream` is where it comes from.
fn known_remote(root: &Path) -> Option<&'static str> {
    let has = |remote: &&str| git(root, &["remote", "get-url", remote]).is_ok();
    if root.join(".git").exists() { ["upstream", "origin"].into_iter().find(has) } else { None }
}

fn local_history(root: &Path, remote: Option<&str>) -> Result<Published> {
    match remote {
        Some(remote) => Published::of_history(root, &format!("--remotes={remote}")),
        None => Ok(Published::default()),
    }
}

/// What the remote's branch holds now, in a folder `files`, and its history.
fn fetch(root: &Path, address: &str) -> Result<(TempDir, Published)> {
    let temp = tempfile::tempdir().context("no temporary folder can be made")?;
    // A clone has most of it.
    let repository = if root.join(".git").exists() { root } else { temp.path() };
    if repository == temp.path() {
        git(repository, &["init", "--quiet", "--bare"])?;
    }
    git(repository, &["fetch", "--quiet", "--no-tags", "--", address, "HEAD"]).with_context(|| {
        format!("{address} is no folder of a workbook, no archive, and no git repository that can be fetched")
    })?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    let commit = text(git(repository, &["rev-parse", "FETCH_HEAD"])?);
    let git_dir = text(git(repository, &["rev-parse", "--absolute-git-dir"])?);
    let files = temp.path().join("files");
    fs::create_dir(&files)?;
    // With an index of its own: that of the clone is the learner's.
    for arguments in [&["read-tree", &commit][..], &["checkout-index", "--all"]] {
        let output = Command::new("git")
            .current_dir(&files)
            .env("GIT_INDEX_FILE", temp.path().join("new-index"))
            .args(["-c", "core.autocrlf=false", "--git-dir", &git_dir, "--work-tree=."])
            .args(arguments)
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "git {} says: {}", arguments[0], said.trim());
    }
    let history = Published::of_history(repository, &commit)?;
    Ok((temp, history))
}

fn unpack(archive: &Path) -> Result<TempDir> {
    let temp = tempfile::tempdir().context("no temporary folder can be made")?;
    let unpacked =
        Command::new("tar").arg("-xf").arg(archive).args(["--no-same-owner", "-C"]).arg(temp.path()).output();
    let instead = "Unpack the archive yourself, and name the folder with --from";
    let output =
        unpacked.with_context(|| format!("tar cannot be started, and it is needed to unpack. {instead}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let name = archive.display();
    ensure!(output.status.success(), "{name} cannot be unpacked: {}. {instead}", said.trim());
    Ok(temp)
}

/// An archive holds the workbook, or one folder that does.
fn root_of(unpacked: &Path, archive: &Path) -> Result<PathBuf> {
    let below = files::folders(unpacked)?.into_iter().map(|folder| unpacked.join(folder));
    let mut folders = std::iter::once(unpacked.to_owned()).chain(below);
    let root = folders.find(|folder| folder.join("book.toml").is_file());
    root.with_context(|| format!("{} holds no workbook: there is no book.toml in it", archive.display()))
}

fn whole(folder: &Path) -> Result<Course> {
    let course = Course::load(folder)?;
    if let Some(broken) = course.broken.first() {
        bail!("{}", broken.problem);
    }
    let (said, there) = (Originals::load(folder)?.ids, Originals::of(&course)?.ids);
    let differs = there
        .iter()
        .find(|(file, id)| said.get(*file) != Some(*id))
        .or(said.iter().find(|(file, _)| !there.contains_key(*file)));
    if let Some((file, _)) = differs {
        bail!(
            "somebody has worked in it: exercises/{file} is not as {LOCK} says.\n\
             Is it your own copy, or your fork? Name the one that it came from: cargo workbook update --from PLACE"
        );
    }
    Ok(course)
}

/// The files of a clone without what else lies there.
fn tracked(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let list = git(folder, &["ls-files", "-z"])?;
    let list = String::from_utf8_lossy(&list);
    let paths =
        list.split('\0').filter(|path| !path.is_empty()).map(|path| (path.to_owned(), folder.join(path)));
    Ok(paths.filter(|(_, place)| place.exists()).collect())
}
