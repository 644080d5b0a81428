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
    course::{Chapter, Course, Files, files},
    runner::Subject,
};

/// A workspace that nobody else uses as long as this value lives.
#[derive(Debug)]
pub struct Scratch<'a> {
    name: String,
    root: PathBuf,
    course: &'a Course,
    _lock: File,
}

impl<'a> Scratch<'a> {
    /// The one of this name; waits until another tool has finished with it, and says so.
    pub fn open(course: &'a Course, name: &str) -> Result<Self> {
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
        let scratch = Self { name: name.to_owned(), root, course, _lock: file };
        let config = scratch.original(".cargo/config.toml").unwrap_or_default();
        let metadata = MetadataCommand::new().current_dir(&course.root).no_deps().exec();
        let metadata = metadata.context("`cargo metadata` fails; run it yourself to see why")?;
        let config = config_of(&config, metadata.target_directory.as_std_path()).context(
            ".cargo/config.toml does not parse: mend it, or get it back with git checkout -- .cargo",
        )?;
        scratch.keep(".cargo/config.toml", &config)?;
        // Cargo takes out what this workspace does not need. It adds nothing but its members, so it works without a
        // network.
        if course.root.join("Cargo.lock").is_file() {
            scratch.keep("Cargo.lock", &scratch.original("Cargo.lock")?)?;
        }
        Ok(scratch)
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
        // The tests of all chapters: rings take files of others in.
        let mut tests = Files::new();
        for folder in files::folders(&self.course.root.join("exercises"))? {
            let tests_of = format!("exercises/{folder}/tests");
            tests.extend(below(&tests_of, &files::read_all(&self.course.root.join(&tests_of))?));
        }
        let original = format!("{}-solution", chapter.id);
        let (mut all, mut members, mut subjects) = (Files::new(), Vec::new(), Vec::new());
        for (version, files) in (1..).zip(versions) {
            let package = format!("{original}-{version}");
            let mut files = (*files).clone();
            if let Some(manifest) = files.get_mut("Cargo.toml") {
                // The first is that of the package; its library and its program may have the names that they have.
                let text = String::from_utf8_lossy(manifest);
                let [from, to] = [&original, &package].map(|name| format!("name = {name:?}"));
                *manifest = text.replacen(&from, &to, 1).into_bytes();
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

    fn subject(&self, chapter: &Chapter, member: &str, package: String) -> Subject {
        // A copy of the exercise's tests is what is built. In which order they stand, the tests themselves say as well.
        let dir = self.root.join(&self.name).join(member);
        Subject { root: self.root.clone(), package, dir, ..Subject::exercise(self.course, chapter) }
    }

    fn put(&mut self, members: &[impl AsRef<str>], files: &Files) -> Result<()> {
        files::replace_all(&self.root.join(&self.name), files)?;
        let members = members.iter().map(|member| format!("{}/{}", self.name, member.as_ref()));
        let manifest = manifest(&self.original("Cargo.toml")?, &self.course.root, members)
            .context("the workbook's Cargo.toml does not parse: mend it")?;
        self.keep("Cargo.toml", &manifest)
    }

    /// A file of the workbook itself.
    fn original(&self, name: &str) -> Result<String> {
        String::from_utf8(files::read(&self.course.root.join(name))?).context(name.to_owned())
    }

    /// Writes a file of the workspace itself, unless it is right already.
    fn keep(&self, name: &str, text: &str) -> Result<()> {
        let path = self.root.join(name);
        let is_right = fs::read_to_string(&path).is_ok_and(|present| present == text);
        if is_right { Ok(()) } else { files::write(&path, text.as_bytes()) }
    }
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
/// file as well, and what it lists (`rustflags`) would count twice. `target` is where Cargo builds the workbook, whoever says so.
fn config_of(text: &str, target: &Path) -> Result<String> {
    let workbook: Table = toml::from_str(text)?;
    let target = Table::from_iter([("target-dir".to_owned(), target.to_string_lossy().into_owned().into())]);
    let mut config = Table::from_iter([("build".to_owned(), Value::Table(target))]);
    config.extend(workbook.get("env").map(|env| ("env".to_owned(), env.clone())));
    Ok(toml::to_string(&config)?)
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
