//! A copy of the workbook for one test, and the real tool in it: the one that the test calls `TOOL`.

// Each test binary uses its part of this.
#![allow(dead_code)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{self, Receiver},
    },
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::TOOL;

pub mod page;
pub mod strace;

/// Nothing in these tests takes as long: what does has hung.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A copy of the whole workbook in a folder whose name has a space and letters beyond ASCII.
pub struct Workbook {
    _temp: TempDir,
    pub root: PathBuf,
}

impl Workbook {
    pub fn copy() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("the order désk 注文");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        copy(source, &root);
        let workbook = Self { _temp: temp, root };
        workbook.build_apart();
        workbook
    }

    /// All copies build in one target folder, so that they find their dependencies built. Cargo tells packages apart
    /// by name and version and not by where the workspace lies, so each copy that is alive has a version of its own.
    fn build_apart(&self) {
        static COPIES: AtomicU32 = AtomicU32::new(1);
        let version = format!("version = \"0.1.{}\"", COPIES.fetch_add(1, Ordering::Relaxed));
        let manifest = fs::read_to_string(self.path("Cargo.toml")).unwrap();
        let apart = manifest.replacen("version = \"0.1.0\"", &version, 1);
        assert_ne!(apart, manifest, "the version of the workspace");
        self.write("Cargo.toml", apart);
    }

    /// A copy that is a git repository, as a clone is.
    pub fn cloned() -> Self {
        let workbook = Self::copy();
        let identity = ["-c", "user.name=a learner", "-c", "user.email=learner@beans.example"];
        for arguments in
            [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message=cloned"]]
        {
            let git = Command::new("git")
                .args(identity)
                .args(arguments)
                .current_dir(&workbook.root)
                .status()
                .unwrap();
            assert!(git.success(), "git {arguments:?}");
        }
        workbook
    }

    /// The tool with these arguments, in this workbook, without a terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(TOOL);
        command.args(arguments).current_dir(&self.root).stdin(Stdio::null());
        // What Cargo sets for a test is not what a learner's shell sets.
        for (name, _) in std::env::vars() {
            if name.starts_with("CARGO_PKG") || name.starts_with("CARGO_MANIFEST") {
                command.env_remove(name);
            }
        }
        command.env("CARGO_TARGET_DIR", target()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn read(&self, relative: &str) -> Vec<u8> {
        fs::read(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    pub fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(relative), bytes).unwrap_or_else(|error| panic!("{relative}: {error}"));
    }

    /// Solves a chapter as somebody does who copies the reference.
    pub fn solve(&self, folder: &str) {
        for file in ["lib.rs", "users.rs"] {
            let solution = self.path(&format!("solutions/{folder}/src/{file}"));
            if solution.is_file() {
                fs::copy(solution, self.path(&format!("exercises/{folder}/src/{file}"))).unwrap();
            }
        }
    }
}

/// Where the tool under test was built: the copy builds there too, so that it finds its dependencies built.
pub fn target() -> PathBuf {
    Path::new(TOOL).ancestors().nth(2).unwrap().to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let left_out = ["target", ".git", ".workbook", "node_modules", "book-output"];
        if left_out.iter().any(|skip| name == *skip) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

/// What came of one call.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}

/// The tool while it runs; ended when dropped.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    seen: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines, seen: String::new() }
    }

    /// Waits for a line that contains `text`, and returns all lines from the last call on up to it.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        self.seen.clear();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.seen.push_str(&line);
                    self.seen.push('\n');
                    if line.contains(text) {
                        return self.seen.clone();
                    }
                }
                Err(_) => panic!("no line with {text:?} came; these did:\n{}", self.seen),
            }
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to end, it ends its children too; killed, it could not.
        #[cfg(unix)]
        {
            let _ = Command::new("kill").arg(self.child.id().to_string()).status();
            let until = Instant::now() + Duration::from_secs(10);
            while Instant::now() < until && matches!(self.child.try_wait(), Ok(None)) {
                thread::sleep(Duration::from_millis(10));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
