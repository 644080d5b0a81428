//! The compiler, with what Cargo has built for the running test.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// A program that stands within the domain.
const WITHIN: &str = "within_the_domain.rs";

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
    /// The line of the program that it points at, from 1; 0 for another file.
    pub line: usize,
    /// `E0308`, or `none` where the compiler gives no code.
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
        let program = match program.starts_with("use super::") {
            true => self.within_the_domain(folder.path(), program),
            false => program.to_owned(),
        };
        fs::write(folder.path().join("program.rs"), program).expect("a copy of the program");
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

    /// What starts the program as a module of a domain like the crate's: a copy of it in the folder, which declares one more.
    fn within_the_domain(&self, folder: &Path, program: &str) -> String {
        let (domain, copy) = (self.crate_dir.join("src/domain"), folder.join("domain"));
        copy_folder(&domain, &copy).expect("a copy of the domain");
        let (root, module) = (copy.join("mod.rs"), copy.join(WITHIN));
        let domain = fs::read_to_string(&root).expect("the domain's own file");
        fs::write(root, format!("{domain}\n#[path = {WITHIN:?}]\nmod within_the_domain;\n"))
            .and_then(|()| fs::write(module, program))
            .expect("a module more");
        "mod domain;\n\nfn main() {}\n".to_owned()
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
        let is_in_program = ["program.rs", WITHIN]
            .iter()
            .any(|file| place["file_name"].as_str().is_some_and(|name| name.ends_with(file)));
        let line = if is_in_program { place["line_start"].as_u64()? } else { 0 };
        Some(Self {
            line: usize::try_from(line).ok()?,
            code: message["code"]["code"].as_str().unwrap_or("none").to_owned(),
            rendered: message["rendered"].as_str()?.to_owned(),
        })
    }
}

/// Copies a folder with all that is in it.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
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
