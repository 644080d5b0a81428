//! A small workbook in a temporary folder, and the tool that the test calls `TOOL`. Its crates need nothing but `std`, so each builds in a moment.

// The tests of both tools use this.
#![allow(dead_code)]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;
use tempfile::TempDir;
use workbook::course::{Course, originals::Originals};

use crate::template::{CHAPTER, SERVICE, TRANSCRIPT};

/// One build at a time: two would only wait for each other's cores, and time out the tests that they run.
pub fn one_at_a_time() -> MutexGuard<'static, ()> {
    static BUILDS: Mutex<()> = Mutex::new(());
    BUILDS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file that stands for a server: where it is, the test that needs one runs.
pub const SERVER: &str = "server-is-there";

/// The files of a workbook before they are written: paths from its root.
pub struct Draft {
    files: BTreeMap<String, String>,
}

/// A chapter of a draft, to be changed.
pub struct Chapter<'a> {
    pub folder: String,
    pub id: String,
    draft: &'a mut Draft,
}

/// A workbook on disk.
pub struct Workbook {
    dir: TempDir,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Draft {
    /// A workbook without a chapter.
    pub fn new() -> Self {
        let mut draft = Self { files: BTreeMap::new() };
        draft.put("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"exercises/*\", \"solutions/*\"]\n\n[workspace.dependencies]\n");
        draft.put("rustfmt.toml", "");
        draft.put("book.toml", "[book]\ntitle = \"Small\"\nsrc = \"book\"\n");
        draft.put("book/SUMMARY.md", "# Summary\n\n");
        draft
    }

    /// One chapter that keeps every rule, with a test more, which needs a [`SERVER`] and says so.
    pub fn with_a_test_that_needs_a_server() -> Self {
        let mut draft = Draft::new();
        let mut chapter = draft.chapter("01-sound");
        chapter.append(
            "exercise/tests/chapter/one.rs",
            r#"
#[test]
fn a_server_keeps_it() {
    let package = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_there = |folder: &std::path::Path| folder.join("server-is-there").exists();
    if !package.ancestors().any(is_there) {
        panic!("not run: no PostgreSQL\nInstall it.\nOr start one.");
    }
    assert_eq!(one(), 1);
}
"#,
        );
        draft
    }

    pub fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// Replaces a piece of a file that has to be there.
    pub fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.files.get_mut(path).unwrap_or_else(|| panic!("there is no {path}"));
        assert!(text.contains(from), "{path} does not contain {from:?}:\n{text}");
        *text = text.replace(from, to);
    }

    /// A chapter that keeps every rule: one function to write, two tests that fail for it, three wrong answers, a right one.
    pub fn chapter(&mut self, folder: &str) -> Chapter<'_> {
        let id = folder[3..].to_owned();
        let own = |text: &str| {
            text.replace("FOLDER", folder).replace("LIB", &id.replace('-', "_")).replace("ID", &id)
        };
        for (path, text) in CHAPTER {
            self.put(&own(path), &own(text));
        }
        self.files.get_mut("book/SUMMARY.md").unwrap().push_str(&own("- [Page ID](part-1/ID.md)\n"));
        Chapter { folder: folder.to_owned(), id, draft: self }
    }

    /// Writes everything, the lock of the exercises among it.
    pub fn write(self) -> Workbook {
        let workbook = Workbook { dir: tempfile::Builder::new().prefix("work book é ").tempdir().unwrap() };
        for (path, text) in &self.files {
            workbook.put(path, text);
        }
        Originals::of(&Course::load(workbook.root()).unwrap()).unwrap().save().unwrap();
        workbook
    }
}

impl Chapter<'_> {
    /// Replaces a piece of one of its files: `exercise/…`, `solution/…` or `page`.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        let path = self.path(name);
        self.draft.replace(&path, from, to);
    }

    pub fn append(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        self.draft.files.get_mut(&path).unwrap_or_else(|| panic!("there is no {path}")).push_str(text);
    }

    pub fn put(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        self.draft.put(&path, text);
    }

    pub fn remove(&mut self, name: &str) {
        let path = self.path(name);
        let before = self.draft.files.len();
        self.draft.files.retain(|file, _| *file != path && !file.starts_with(&format!("{path}/")));
        assert!(self.draft.files.len() < before, "there is no {path}");
    }

    pub fn rename(&mut self, name: &str, to: &str) {
        let text = self.draft.files.remove(&self.path(name)).unwrap_or_else(|| panic!("there is no {name}"));
        self.put(to, &text);
    }

    /// Lets it start from the chapter in the folder `before`, and keep the tests of `one` of all these.
    pub fn comes_from(&mut self, before: &str, kept: &[&str]) {
        let id = &before[3..];
        self.replace("exercise/Cargo.toml", "from = []", &format!("from = [\"{id}\"]"));
        let replaced = format!(
            "\n[[package.metadata.workbook.replaced]]\ntests = [\"{id}/rules\"]\nwhy = \"it is asked once more\"\n\n[lib]"
        );
        self.replace("exercise/Cargo.toml", "\n[lib]", &replaced);
        if kept.is_empty() {
            return;
        }
        let target = |tests: &str| format!("\n[[test]]\nname = \"kept\"\npath = \"{tests}kept.rs\"\n");
        self.append("exercise/Cargo.toml", &target("tests/"));
        let tests = format!("../../exercises/{}/tests/", self.folder);
        self.append("solution/Cargo.toml", &target(&tests));
        let modules = kept.iter().map(|folder| {
            let module = folder[3..].replace('-', "_");
            format!("\n#[path = \"../../{folder}/tests/chapter/one.rs\"]\nmod {module}_one;\n")
        });
        let root = format!("use {} as desk;\n{}", self.id.replace('-', "_"), modules.collect::<String>());
        self.put("exercise/tests/kept.rs", &root);
    }

    /// Each answer is a crate to build; where they do not matter, they cost time.
    pub fn without_answers(&mut self) {
        self.remove("solution/wrong-answers");
        self.remove("solution/right-answers");
    }

    /// Gives the chapter a service, in the starter and in the solution, and a page that shows what it answers.
    pub fn serve(&mut self) {
        for (member, package) in
            [("exercise", self.id.clone()), ("solution", format!("{}-solution", self.id))]
        {
            self.append(
                &format!("{member}/Cargo.toml"),
                &format!("\n[[bin]]\nname = \"{package}\"\npath = \"src/main.rs\"\ntest = false\n"),
            );
            self.put(&format!("{member}/src/main.rs"), SERVICE);
        }
        self.append("page", TRANSCRIPT);
    }

    fn path(&self, name: &str) -> String {
        match name.split_once('/') {
            Some(("exercise", file)) => format!("exercises/{}/{file}", self.folder),
            Some(("solution", file)) => format!("solutions/{}/{file}", self.folder),
            None if name == "page" => format!("book/part-1/{}.md", self.id),
            None if name == "solution" => format!("solutions/{}", self.folder),
            _ => name.to_owned(),
        }
    }
}

impl Workbook {
    /// A clone of a repository that holds a workbook.
    pub fn cloned_from(repository: &Path) -> Self {
        let dir = tempfile::Builder::new().prefix("work book é ").tempdir().unwrap();
        let git =
            Command::new("git").args(["clone", "--quiet"]).arg(repository).arg(dir.path()).status().unwrap();
        assert!(git.success());
        Self { dir }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from:?}:\n{text}");
        self.put(path, &text.replace(from, to));
    }

    /// Runs the tool itself in the workbook.
    pub fn tool(&self, arguments: &[&str]) -> Answer {
        let mut command = Command::new(crate::TOOL);
        // A shared target folder would mix up crates of one name in different workbooks.
        command.args(arguments).current_dir(self.root()).env_remove("CARGO_TARGET_DIR").env("NO_COLOR", "1");
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Answer { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
