//! The compiler, with what Cargo has built for the running test.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// What a program of the running test's crate may use.
#[derive(Debug)]
pub struct Compiler {
    /// The folder of the crate that the test belongs to.
    crate_dir: PathBuf,
    edition: String,
    /// Each library with the file that holds it.
    libraries: Vec<(String, PathBuf)>,
}

/// One error of the compiler.
#[derive(Debug)]
pub struct Error {
    /// The line of the program that it points at, from 1.
    pub line: usize,
    /// `E0308`, or nothing where the compiler gives no code.
    pub code: String,
    /// As the compiler shows it.
    pub rendered: String,
}

impl Compiler {
    /// Asks Cargo what the tests of this crate were built with. They were built a moment ago, so it builds nothing.
    pub fn of_this_test() -> Self {
        let crate_dir = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let crate_dir = crate_dir
            .expect("Cargo and the workbook say where the crate is: run this test through one of them");
        let mut cargo = Command::new(program("CARGO", "cargo"));
        cargo
            .args(["test", "--no-run", "--test", &this_test(), "--offline", "--message-format=json"])
            .current_dir(&crate_dir);
        let output = cargo.output().expect("Cargo can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "Cargo does not say what the test was built with:\n{said}");
        let mut compiler = Self { crate_dir, edition: String::new(), libraries: Vec::new() };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Ok(message) = serde_json::from_str(line) {
                compiler.take(&message);
            }
        }
        compiler
    }

    /// Notes the library of which Cargo's message speaks, if it does.
    fn take(&mut self, message: &Value) {
        if message["reason"] != "compiler-artifact" {
            return;
        }
        let target = &message["target"];
        let is_here =
            message["manifest_path"].as_str().map(Path::new) == Some(&self.crate_dir.join("Cargo.toml"));
        if let (true, Some(edition)) = (is_here, target["edition"].as_str()) {
            self.edition = edition.to_owned();
        }
        let mut files =
            message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str).map(Path::new);
        let library = files.rfind(|file| is_library(file));
        if let (Some(name), Some(library)) = (target["name"].as_str(), library) {
            if is_here {
                // As the tests of all chapters call it.
                self.libraries.push(("desk".to_owned(), library.to_owned()));
            }
            self.libraries.push((name.replace('-', "_"), library.to_owned()));
        }
    }

    /// The errors of a program; none when it compiles.
    pub fn errors(&self, program: &str) -> Vec<Error> {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("program.rs"), self.beside_the_domain(program))
            .expect("a copy of the program");
        let mut rustc = Command::new(self::program("RUSTC", "rustc"));
        // From within the folder, so that its messages do not name it.
        rustc.current_dir(folder.path()).arg("program.rs").arg(format!("--edition={}", self.edition));
        rustc.args(["--crate-type=bin", "--emit=metadata", "--cap-lints=allow", "--error-format=json"]);
        for (name, file) in &self.libraries {
            rustc.arg("--extern").arg(option(name, file));
            if let Some(folder) = file.parent() {
                rustc.arg("-L").arg(option("dependency", folder));
            }
        }
        let output = rustc.output().expect("the compiler can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<Error> = said.lines().filter_map(Error::read).collect();
        assert!(
            output.status.success() == errors.is_empty(),
            "the compiler ended with {}:\n{said}",
            output.status
        );
        errors
    }

    /// The program, with `mod domain;` leading into the crate.
    fn beside_the_domain(&self, program: &str) -> String {
        let domain = self.crate_dir.join("src/domain/mod.rs");
        match program.strip_prefix("mod domain;") {
            Some(rest) => format!("#[path = {:?}] mod domain;{rest}", domain.display().to_string()),
            None => program.to_owned(),
        }
    }
}

impl Error {
    /// Reads a line that the compiler wrote; `None` for what is no error, and for the count at the end.
    fn read(line: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(line).ok()?;
        let spans = message["spans"].as_array()?;
        if message["level"] != "error" || spans.is_empty() {
            return None;
        }
        let place = spans.iter().find(|span| span["is_primary"] == true)?;
        Some(Self {
            line: usize::try_from(place["line_start"].as_u64()?).ok()?,
            code: message["code"]["code"].as_str().unwrap_or_default().to_owned(),
            rendered: message["rendered"].as_str()?.to_owned(),
        })
    }
}

/// The test target that runs: `chapter` of `target/debug/deps/chapter-0123456789abcdef`.
fn this_test() -> String {
    let binary = env::current_exe().expect("a test knows its own file");
    let name = binary.file_stem().unwrap_or_default().to_string_lossy();
    name.rsplit_once('-').map_or(&*name, |(target, _)| target).to_owned()
}

/// Whether the compiler can use the file as a crate: a library, or a macro that it loads.
fn is_library(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending == Some("rlib") || ending == env::consts::DLL_EXTENSION.into()
}

/// `name=file`, for files whose names are no text either.
fn option(name: &str, file: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push("=");
    option.push(file);
    option
}

/// What to start: the one that Cargo is said to use, or the one in the path.
fn program(variable: &str, name: &str) -> OsString {
    env::var_os(variable).unwrap_or_else(|| name.into())
}
