//! The course as it stands on disk: the chapters, in order, with what their `Cargo.toml` says of them.
//!
//! The one list of chapters is the folder `exercises/`. The manifests are read directly: `cargo metadata` costs more than
//! the rest of a run together.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

pub mod answers;
pub mod files;
pub mod hints;
pub mod originals;
mod problem;
pub mod rings;
pub mod versions;

pub use files::Files;
pub use hints::{Hint, Hints};
pub use originals::Originals;
pub use problem::Problem;

#[derive(Debug)]
pub struct Course {
    pub root: PathBuf,
    pub chapters: Vec<Chapter>,
    pub broken: Vec<Broken>,
}

/// A chapter that cannot be read. The others can be worked on.
#[derive(Debug, Clone)]
pub struct Broken {
    /// `09-money`, as of a [`Chapter`].
    pub folder: String,
    /// Why, and what to do about it.
    pub problem: String,
    /// Whether Cargo can build no other chapter either.
    pub stops_cargo: bool,
}

/// One chapter: an exercise crate, its solution, its page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The stable name: package, library and key of progress.
    pub id: String,
    /// `09-money`: the name of its folder under `exercises/` and `solutions/`.
    pub folder: String,
    /// `exercises/09-money`, absolute.
    pub dir: PathBuf,
    /// `solutions/09-money`, absolute.
    pub solution_dir: PathBuf,
    pub about: About,
}

/// The table `[package.metadata.workbook]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub title: String,
    /// The page, relative to `book/`.
    pub page: String,
    pub minutes: u32,
    pub kind: Kind,
    pub engine: Engine,
    /// The chapters whose solved state this one starts from.
    pub from: Vec<String>,
    /// The files that the learner changes, relative to the chapter's folder.
    pub edit: Vec<String>,
    /// The files that are new to read, relative to the chapter's folder.
    pub given: Vec<String>,
    /// The tests that fail at the start. The name of a table of cases stands for all of them.
    pub red: Vec<String>,
    /// The test files of chapters before that hold no longer.
    #[serde(default)]
    pub replaced: Vec<Replaced>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// `fat-handlers/orders`: the chapter that brought the file, and its path below `tests/chapter`.
    pub tests: Vec<String>,
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Fill,
    Refactor,
    Bug,
    Adapter,
    Mutants,
    Architecture,
    CompileFail,
    Remove,
}

/// What the chapter's tests need beside Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    None,
    Sqlite,
    Postgres,
}

impl Course {
    /// The workbook that the working directory is in, with all its chapters.
    pub fn find() -> Result<Self> {
        let course = Self::load(&Self::root()?)?;
        if let Some(broken) = course.broken.first() {
            bail!("{}", broken.problem);
        }
        Ok(course)
    }

    /// The folder of the workbook that the working directory is in.
    pub fn root() -> Result<PathBuf> {
        let here = env::current_dir()
            .context("the working directory cannot be read; change to the workbook's folder")?;
        let is_root = |dir: &&Path| dir.join("book.toml").is_file() && dir.join("exercises").is_dir();
        let root = here.ancestors().find(is_root).with_context(|| {
            format!(
                "{} is not inside a workbook: no folder here or above has book.toml and exercises/.\n\
                 Change to the folder that you cloned, for example: cd backend-workbook",
                here.display()
            )
        })?;
        Ok(root.to_owned())
    }

    pub fn load(root: &Path) -> Result<Self> {
        let exercises = root.join("exercises");
        let solutions = files::folders(&root.join("solutions")).unwrap_or_default();
        let folders: BTreeSet<String> = files::folders(&exercises)?.into_iter().chain(solutions).collect();
        let (mut chapters, mut broken) = (Vec::new(), Vec::new());
        for folder in folders {
            match Chapter::load(root, &folder) {
                Ok(chapter) => chapters.push(chapter),
                Err(error) => {
                    let dir = exercises.join(&folder);
                    let manifest = fs::read_to_string(dir.join("Cargo.toml")).ok();
                    let is_toml = manifest.is_some_and(|text| toml::from_str::<toml::Table>(&text).is_ok());
                    let stops_cargo = dir.is_dir() && !is_toml;
                    broken.push(Broken { folder, problem: format!("{error:#}"), stops_cargo });
                }
            }
        }
        ensure!(
            !chapters.is_empty(),
            "{} has no exercises. Get the folder back with: git checkout -- exercises",
            exercises.display()
        );
        Ok(Self { root: root.to_owned(), chapters, broken })
    }

    /// Says so where Cargo can build nothing, because of one chapter.
    pub fn can_be_built(&self) -> Result<()> {
        match self.broken.iter().find(|broken| broken.stops_cargo) {
            Some(Broken { problem, .. }) => {
                bail!("{problem}\nUntil then Cargo can build no other chapter either.")
            }
            None => Ok(()),
        }
    }

    /// The chapter with this id, with this number (`9`, `09`) or in this folder (`09-money`).
    /// The error suggests the nearest.
    pub fn chapter(&self, name: &str) -> Result<&Chapter> {
        let wanted = name.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let number = wanted.parse::<u32>().ok();
        let is_it = |folder: &str| {
            let (its_number, id) = parts(folder);
            id == wanted || folder == wanted || number.is_some_and(|n| its_number.parse() == Ok(n))
        };
        if let Some(broken) = self.broken.iter().find(|broken| is_it(&broken.folder)) {
            bail!("{}", broken.problem);
        }
        let found = self.chapters.iter().find(|chapter| is_it(&chapter.folder));
        found.with_context(|| {
            let near = near(wanted, self.chapters.iter().map(|chapter| chapter.id.as_str()));
            let near = near.map(|id| format!(" Did you mean {id:?}?")).unwrap_or_default();
            format!("there is no chapter {wanted:?}.{near} All chapters: cargo workbook list")
        })
    }

    pub fn after(&self, id: &str) -> Option<&Chapter> {
        self.chapters.iter().skip_while(|chapter| chapter.id != id).nth(1)
    }
}

impl Chapter {
    /// `09`, the number of `09-money`: only for order and for show.
    pub fn number(&self) -> &str {
        parts(&self.folder).0
    }

    fn load(root: &Path, folder: &str) -> Result<Self> {
        let dir = root.join("exercises").join(folder);
        ensure!(
            dir.is_dir(),
            "the exercise exercises/{folder} is missing. Get it back with: git checkout -- exercises/{folder}\n\
             Your snapshots of it, if there are any, are in .workbook/snapshots."
        );
        let manifest = dir.join("Cargo.toml");
        let name = manifest.display();
        let again = format!("Get it back with: git checkout -- exercises/{folder}/Cargo.toml");
        let text = files::read_text(&manifest).with_context(|| again.clone())?;
        Self::parse(root, folder, &text)
            .with_context(|| format!("{name} is not a chapter's manifest. Mend the line below, or: {again}"))
    }

    pub fn is_red_at_start(&self, test: &str) -> bool {
        self.about.red.iter().any(|red| matches(red, test))
    }

    /// All files of its tests, by their paths below the chapter's folder.
    pub fn test_files(&self) -> Result<Files> {
        let all = files::read_all(&self.dir.join("tests"))?;
        let (dir, folder) = (self.dir.display(), &self.folder);
        ensure!(
            !all.is_empty(),
            "{dir} has no tests. Get them back with: git checkout -- exercises/{folder}/tests"
        );
        Ok(all.into_iter().map(|(name, bytes)| (format!("tests/{name}"), bytes)).collect())
    }

    /// One name for the test files as they are now, those of other chapters that its rings take in among them.
    pub fn tests_fingerprint(&self) -> Result<String> {
        let mut files = self.test_files()?;
        for path in self.borrowed() {
            let bytes = files::read(&self.dir.with_file_name(&path))?;
            files.insert(path, bytes);
        }
        Ok(files::fingerprint(&files))
    }

    /// What the learner writes, as one fingerprint.
    pub fn code_fingerprint(&self) -> Result<String> {
        let is_code = |name: &str| {
            !name.starts_with("tests/") && [".rs", ".sql", ".toml"].iter().any(|end| name.ends_with(end))
        };
        Ok(files::fingerprint(&files::read_some(&self.dir, is_code)?))
    }

    /// The command that runs this chapter's tests without the tool.
    pub fn command(&self) -> String {
        format!("cargo test -p {}", self.id)
    }

    pub fn parse(root: &Path, folder: &str, text: &str) -> Result<Self> {
        let manifest: Manifest = toml::from_str(text)?;
        let id = manifest.package.name;
        let number = folder.strip_suffix(&id).and_then(|number| number.strip_suffix('-'));
        ensure!(
            number.is_some_and(|number| number.len() == 2 && number.parse::<u32>().is_ok()),
            "the folder is {folder:?}, but the package is {id:?}: the folder must be NN-{id}"
        );
        Ok(Self {
            dir: root.join("exercises").join(folder),
            solution_dir: root.join("solutions").join(folder),
            about: manifest.package.metadata.workbook,
            folder: folder.to_owned(),
            id,
        })
    }
}

/// `09` and `money` of the folder `09-money`.
pub fn parts(folder: &str) -> (&str, &str) {
    folder.split_once('-').unwrap_or(("", folder))
}

/// Of these names the one that was meant, if it is near: written in part, or with a slip of the finger.
fn near<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let far = |name: &str| match wanted.len() >= 3 && name.contains(&*wanted) {
        true => 0,
        false => strsim::osa_distance(&wanted, name),
    };
    let nearest = names.map(|name| (far(name), name)).min()?;
    (nearest.0 <= wanted.chars().count() / 3).then_some(nearest.1)
}

/// Whether the name `pattern` of a list stands for the test `name`: the test itself, or the table it is a case of.
pub fn matches(pattern: &str, name: &str) -> bool {
    name.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    workbook: About,
}

#[cfg(test)]
mod tests;
