//! Asks Cargo to build, and reads its answers as data: which test binaries there are, what the compiler said.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use cargo_metadata::{CompilerMessage, Message, PackageId, diagnostic::DiagnosticLevel};
use serde::Serialize;

use crate::runner::{
    Stop,
    process::{self, End, Line},
};

#[derive(Debug, Clone, Default)]
pub struct Build {
    pub tests: BTreeMap<String, Vec<PathBuf>>,
    pub programs: Vec<PathBuf>,
    /// Errors first, in the compiler's own order.
    pub diagnostics: Vec<Diagnostic>,
    /// What Cargo itself said when it failed: a manifest that does not parse, a full disk.
    pub complaint: String,
    pub end: BuildEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BuildEnd {
    Built,
    /// The code does not compile, or Cargo could not even begin.
    #[default]
    Failed,
    Stopped,
}

#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub level: Level,
    /// `E0308`, where the compiler gives one.
    pub code: Option<String>,
    pub message: String,
    /// Where it points: a path relative to the workbook, a line and a column, both from 1.
    pub place: Option<(String, usize, usize)>,
    /// As the compiler shows it, in colour.
    pub rendered: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Error,
    Warning,
}

#[derive(Debug)]
pub enum BuildEvent {
    /// A crate is ready, compiled now or before.
    Crate {
        name: String,
        fresh: bool,
    },
    Diagnostic(Diagnostic),
    /// Cargo waits for another Cargo.
    Waiting,
}

pub fn command(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Builds one test target of a package.
///
/// Without default features, because a chapter's program is one: Cargo would link it again after each edit, though no
/// test runs it. Code that does not compile is a [`BuildEnd::Failed`].
pub fn build_test(
    root: &Path,
    package: &str,
    target: &str,
    stop: &Stop,
    on: &mut dyn FnMut(BuildEvent),
) -> Result<Build> {
    let mut cargo = command(root);
    cargo.args(["test", "--no-run", "--test", target, "--no-default-features", "--package", package]);
    cargo.arg("--message-format=json-diagnostic-rendered-ansi");
    run(cargo, stop, on)
}

/// Builds these test targets (`--tests` are all) of all these packages in one go, which keeps every core busy. If one does not
/// compile, the others are built all the same, and [`build_test`] tells of each.
pub fn build_all_tests(root: &Path, targets: &[&str], packages: &[String], stop: &Stop) -> Result<Build> {
    build_all(root, &[&["--no-default-features"], targets].concat(), packages, stop)
}

/// As [`build_all_tests`], any targets: `--bins`.
pub fn build_all(root: &Path, targets: &[&str], packages: &[String], stop: &Stop) -> Result<Build> {
    run(building_all(root, targets, packages), stop, &mut |_| {})
}

/// As [`build_all_tests`], for packages that are built again and again with small changes: incrementally, whatever the
/// environment says.
pub fn rebuild_all_tests(root: &Path, targets: &[&str], packages: &[String], stop: &Stop) -> Result<Build> {
    let mut cargo = building_all(root, &[&["--no-default-features"], targets].concat(), packages);
    cargo.env("CARGO_INCREMENTAL", "1");
    run(cargo, stop, &mut |_| {})
}

/// Deletes what was built of these packages.
pub fn clean(root: &Path, packages: &[String], stop: &Stop) -> Result<Build> {
    let mut cargo = command(root);
    cargo.arg("clean").args(packages.iter().flat_map(|package| ["--package", package]));
    run(cargo, stop, &mut |_| {})
}

fn building_all(root: &Path, targets: &[&str], packages: &[String]) -> Command {
    let mut cargo = command(root);
    // `cargo test` stops at the first that does not compile.
    cargo.arg("build").args(targets);
    cargo.args(["--keep-going", "--message-format=json-diagnostic-rendered-ansi"]);
    cargo.args(packages.iter().flat_map(|package| ["--package", package]));
    cargo
}

pub fn run(cargo: Command, stop: &Stop, on: &mut dyn FnMut(BuildEvent)) -> Result<Build> {
    let mut build = Build::default();
    let mut said = Vec::new();
    let end = process::lines(cargo, stop, |line| match line {
        Line::Out(line) => match serde_json::from_str(&line) {
            Ok(message) => take(message, &mut build, on),
            Err(_) => said.push(line),
        },
        Line::Err(line) if line.trim_start().starts_with("Blocking") => on(BuildEvent::Waiting),
        Line::Err(line) => said.push(line),
    })?;
    build.end = match end {
        End::Exited(status) if status.success() => BuildEnd::Built,
        End::Exited(_) | End::TooMuch => BuildEnd::Failed,
        End::Stopped | End::TimedOut => BuildEnd::Stopped,
    };
    build.diagnostics.sort_by_key(|diagnostic| diagnostic.level);
    let has_error = build.diagnostics.first().is_some_and(|first| first.level == Level::Error);
    if build.end == BuildEnd::Failed && !has_error {
        build.complaint = said.join("\n");
    }
    Ok(build)
}

fn take(message: Message, build: &mut Build, on: &mut dyn FnMut(BuildEvent)) {
    match message {
        Message::CompilerArtifact(artifact) => {
            if let Some(executable) = artifact.executable {
                let programs = match artifact.profile.test {
                    true => build.tests.entry(package_of(&artifact.package_id)).or_default(),
                    false => &mut build.programs,
                };
                programs.push(executable.into());
            }
            on(BuildEvent::Crate { name: artifact.target.name, fresh: artifact.fresh });
        }
        Message::CompilerMessage(message) => {
            if let Some(diagnostic) = Diagnostic::of(message) {
                on(BuildEvent::Diagnostic(diagnostic.clone()));
                build.diagnostics.push(diagnostic);
            }
        }
        _ => {}
    }
}

/// `money` of `path+file:///w/exercises/09-money#money@0.1.0`, Cargo's id of a package.
pub fn package_of(id: &PackageId) -> String {
    let (url, version) = id.repr.rsplit_once('#').unwrap_or((&id.repr, &id.repr));
    let name = version.split_once('@').map(|(name, _)| name);
    // Where the folder's name is the package's, the id does not repeat it.
    name.or(url.rsplit('/').next()).unwrap_or(url).to_owned()
}

impl Diagnostic {
    /// `None` for notes and for the closing count of errors.
    pub fn of(CompilerMessage { message, .. }: CompilerMessage) -> Option<Self> {
        let level = match message.level {
            DiagnosticLevel::Error | DiagnosticLevel::Ice => Level::Error,
            DiagnosticLevel::Warning => Level::Warning,
            _ => return None,
        };
        let summary = message.message.starts_with("aborting due to") || message.message.ends_with("emitted");
        if summary && message.spans.is_empty() {
            return None;
        }
        let place = message.spans.iter().find(|span| span.is_primary);
        Some(Self {
            level,
            code: message.code.map(|code| code.code),
            place: place.map(|span| (span.file_name.clone(), span.line_start, span.column_start)),
            rendered: message.rendered.unwrap_or_else(|| message.message.clone()),
            message: message.message,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_read_from_its_id() {
        let name = |repr: &str| package_of(&PackageId { repr: repr.to_owned() });
        assert_eq!(name("path+file:///w/exercises/09-money#money@0.1.0"), "money");
        assert_eq!(name("path+file:///w/testkit#0.1.0"), "testkit");
    }
}
