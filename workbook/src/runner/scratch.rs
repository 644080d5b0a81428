//! A second workspace in `target/workbook/shadow/NAME/`, where a changed copy of one crate is built and tested without
//! a touch of the learner's tree.
//!
//! It shares the target folder, the lock and the profiles with the workbook, so what comes from a registry is not built
//! again. A crate stands deeper than in the workbook (`NAME/exercises/01-first-route`): Cargo names build output after the
//! path of a crate within its workspace, and two crates with one name would each take the other's output for their own.
//! Crates that the workspace names by path, such as `testkit`, are used where they are.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use toml::{Table, Value};

use crate::{
    course::{Chapter, Course, Files, files, rings::KEPT},
    runner::{Alone, Subject},
};

/// A workspace that nobody else uses as long as this value lives.
#[derive(Debug)]
pub struct Scratch {
    name: String,
    root: PathBuf,
    workbook: PathBuf,
    /// Whether what the workspace has beside its manifest is written.
    ready: bool,
    _lock: File,
}

impl Scratch {
    /// The one of this name; waits until another tool has finished with it, and says so.
    pub fn open(course: &Course, name: &str) -> Result<Self> {
        let root = course.root.join("target/workbook/shadow").join(name);
        let lock = root.with_extension("lock");
        let open = || {
            fs::create_dir_all(&root)?;
            File::options().create(true).truncate(false).write(true).open(&lock)
        };
        let file = open().map_err(|error| files::explain(&lock, &error))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            anstream::eprintln!("waiting for another `cargo workbook` to finish with {name}");
            file.lock().map_err(|error| files::explain(&lock, &error))?;
        }
        Ok(Self { name: name.to_owned(), root, workbook: course.root.clone(), ready: false, _lock: file })
    }

    /// Puts these files of an exercise in, with those that its rings borrow from others, and no others.
    pub fn exercise(&mut self, chapter: &Chapter, files: &Files, borrowed: &Files) -> Result<Subject> {
        let member = format!("exercises/{}", chapter.folder);
        let mut all = below("exercises", borrowed);
        all.extend(below(&member, files));
        self.put(&[&member], &all)?;
        Ok(self.subject(chapter, &member, chapter.id.clone()))
    }

    /// Puts these versions of a solution in, each with all tests as they are, and no others. They are packages of one
    /// workspace, so that Cargo builds them side by side.
    pub fn solutions(&mut self, chapter: &Chapter, versions: &[&Files]) -> Result<Vec<Subject>> {
        let member = format!("solutions/{}", chapter.folder);
        let tests = self.tests()?;
        let original = format!("{}-solution", chapter.id);
        let (mut all, mut members, mut subjects) = (Files::new(), Vec::new(), Vec::new());
        for (version, files) in (1..).zip(versions) {
            let package = format!("{original}-{version}");
            let mut files = (*files).clone();
            if let Some(manifest) = files.get_mut("Cargo.toml") {
                // The first is that of the package; its library and its program may have the names that they have.
                let text = String::from_utf8_lossy(manifest);
                *manifest = text.replacen(&name(&original), &name(&package), 1).into_bytes();
            }
            let place = version.to_string();
            let member = format!("{place}/{member}");
            all.extend(below(&member, &files));
            all.extend(below(&place, &tests));
            subjects.push(self.subject(chapter, &member, package));
            members.push(member);
        }
        self.put(&members, &all)?;
        Ok(subjects)
    }

    /// The tests of all chapters: rings take files of others in.
    fn tests(&self) -> Result<Files> {
        let mut all = Files::new();
        for folder in files::folders(&self.workbook.join("exercises"))? {
            let tests = format!("exercises/{folder}/tests");
            all.extend(below(&tests, &files::read_all(&self.workbook.join(&tests))?));
        }
        Ok(all)
    }

    fn subject(&self, chapter: &Chapter, member: &str, package: String) -> Subject {
        Subject {
            root: self.root.clone(),
            package,
            dir: self.root.join(&self.name).join(member),
            // A copy of them is what is built. In which order they stand, these say as well.
            tests: chapter.dir.join("tests"),
            kept: chapter.dir.join(KEPT).is_file(),
            alone: Alone::All,
            only: Vec::new(),
            filter: String::new(),
        }
    }

    fn put(&mut self, members: &[impl AsRef<str>], files: &Files) -> Result<()> {
        files::replace_all(&self.root.join(&self.name), files)?;
        let text =
            |name: &str| String::from_utf8(files::read(&self.workbook.join(name))?).context(name.to_owned());
        let members = members.iter().map(|member| format!("{}/{}", self.name, member.as_ref()));
        let manifest = manifest(&text("Cargo.toml")?, &self.workbook, members)
            .context("the workbook's Cargo.toml does not parse: mend it")?;
        self.keep("Cargo.toml", &manifest)?;
        if self.ready {
            return Ok(());
        }
        let config = text(".cargo/config.toml").unwrap_or_default();
        let config = config_of(&config, &target_dir(&self.workbook)?).context(
            ".cargo/config.toml does not parse: mend it, or get it back with git checkout -- .cargo",
        )?;
        self.keep(".cargo/config.toml", &config)?;
        // Cargo takes out what this workspace does not need. It adds nothing but its members, so it works without a
        // network.
        let lock = self.workbook.join("Cargo.lock");
        if lock.is_file() {
            self.keep("Cargo.lock", &text("Cargo.lock")?)?;
        }
        self.ready = true;
        Ok(())
    }

    /// Writes a file of the workspace itself, unless it is right already.
    fn keep(&self, name: &str, text: &str) -> Result<()> {
        let path = self.root.join(name);
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            return Ok(());
        }
        files::write(&path, text.as_bytes())
    }
}

fn name(package: &str) -> String {
    format!("name = {package:?}")
}

fn below(folder: &str, files: &Files) -> Files {
    files.iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.clone())).collect()
}

/// The workbook's manifest for a workspace elsewhere with these members.
fn manifest(text: &str, workbook: &Path, members: impl Iterator<Item = String>) -> Result<String> {
    let mut manifest: Table = toml::from_str(text)?;
    let workspace =
        manifest.get_mut("workspace").and_then(Value::as_table_mut).context("it has no [workspace]")?;
    workspace.remove("default-members");
    workspace.insert("members".into(), Value::Array(members.map(Value::from).collect()));
    let dependencies = workspace.get_mut("dependencies").and_then(Value::as_table_mut);
    for (_, dependency) in dependencies.into_iter().flatten() {
        if let Some(Value::String(path)) = dependency.get_mut("path") {
            *path = workbook.join(&path).to_string_lossy().into_owned();
        }
    }
    Ok(toml::to_string(&manifest)?)
}

/// Of the workbook's `.cargo/config.toml` only what does not reach this workspace from above: Cargo reads the workbook's own
/// file as well, and what it lists (`rustflags`) would count twice.
fn config_of(text: &str, target: &Path) -> Result<String> {
    let workbook: Table = toml::from_str(text)?;
    let target = Table::from_iter([("target-dir".to_owned(), target.to_string_lossy().into_owned().into())]);
    let mut config = Table::from_iter([("build".to_owned(), Value::Table(target))]);
    config.extend(workbook.get("env").map(|env| ("env".to_owned(), env.clone())));
    Ok(toml::to_string(&config)?)
}

/// Where Cargo builds the workbook: `target/`, or what the environment or a configuration says.
fn target_dir(workbook: &Path) -> Result<PathBuf> {
    let metadata = MetadataCommand::new().current_dir(workbook).no_deps().exec();
    let metadata = metadata.context("`cargo metadata` fails; run it yourself to see why")?;
    Ok(metadata.target_directory.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = r#"
        [workspace]
        members = ["exercises/*", "solutions/*"]
        default-members = ["solutions/*"]
        [workspace.dependencies]
        serde = "1"
        testkit = { path = "testkit" }
        [profile.dev]
        debug = 1
    "#;

    #[test]
    fn the_manifest_has_these_members_and_finds_the_workbooks_own_crates() {
        let members = ["n/solutions/01-a".to_owned()].into_iter();
        let made: Table = toml::from_str(&manifest(ROOT, Path::new("/w"), members).unwrap()).unwrap();
        let workspace = made["workspace"].as_table().unwrap();
        assert_eq!(workspace["members"], Value::Array(vec!["n/solutions/01-a".into()]));
        assert!(!workspace.contains_key("default-members"));
        let testkit = workspace["dependencies"]["testkit"]["path"].as_str().unwrap();
        assert_eq!(Path::new(testkit), Path::new("/w").join("testkit"));
        assert_eq!(made["profile"]["dev"]["debug"], 1.into(), "another profile would build everything again");
    }

    #[test]
    fn the_configuration_is_not_said_twice() {
        let text = "[alias]\nw = \"run\"\n[build]\nrustflags = [\"-Dx\"]\n[env]\nA = \"1\"\n";
        let made: Table = toml::from_str(&config_of(text, Path::new("/t")).unwrap()).unwrap();
        assert_eq!(made["env"]["A"], "1".into());
        assert_eq!(made["build"].as_table().unwrap().keys().collect::<Vec<_>>(), ["target-dir"]);
        assert!(!made.contains_key("alias"));
    }
}
