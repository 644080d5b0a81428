//! What clippy and rustfmt say, for many packages in one call each.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Result;
use cargo_metadata::Message;
use workbook::runner::{
    Diagnostic, Outcome, Report, Stop, cargo,
    process::{self, End, Line},
};

use super::{Failure, if_any, in_a_line};

const QUOTED: usize = 5;

#[derive(Debug, Default)]
pub struct Lints {
    warnings: BTreeMap<String, BTreeSet<String>>,
    /// Files that rustfmt would change, as it names them.
    unformatted: Vec<String>,
    /// Why one of the two could not do its work.
    complaints: Vec<Failure>,
}

impl Lints {
    /// Asks clippy about every target of these packages, with warnings as errors, as CI does.
    pub fn clippy(&mut self, root: &Path, packages: &[String], stop: &Stop) -> Result<()> {
        let what = ["clippy", "--all-targets", "--keep-going", "--message-format=json"];
        let (said, complaint) = ask(root, &what, packages, &["-D", "warnings"], "clippy", stop)?;
        for line in said {
            let Ok(Message::CompilerMessage(message)) = serde_json::from_str(&line) else { continue };
            let package = cargo::package_of(&message.package_id);
            if let Some(diagnostic) = Diagnostic::of(message) {
                self.warnings.entry(package).or_default().insert(in_a_line(&diagnostic));
            }
        }
        if self.warnings.is_empty() {
            self.complaints.extend(complaint);
        }
        // What a shared crate is blamed for keeps clippy from the chapters that need it.
        for (package, warnings) in self.warnings.iter().filter(|(package, _)| !packages.contains(package)) {
            let quoted = warnings.first().map_or("", String::as_str);
            self.complaints.push(Failure::new(
                format!("clippy warns of the crate {package}, and goes no further: {quoted}"),
                format!("mend it; see all of it with: cargo clippy --all-targets -p {package}"),
            ));
        }
        Ok(())
    }

    pub fn rustfmt(&mut self, root: &Path, packages: &[String], stop: &Stop) -> Result<()> {
        let (said, complaint) = ask(root, &["fmt", "--check"], packages, &["-l"], "rustfmt", stop)?;
        self.unformatted = said.iter().map(|line| line.trim().replace('\\', "/")).collect();
        if self.unformatted.is_empty() {
            self.complaints.extend(complaint);
        }
        Ok(())
    }

    /// What was said about the package of a run, whose own files are in `folder` (`solutions/01-first-route`). One that does
    /// not compile has failed already.
    pub fn failures(&self, report: &Report, folder: &str) -> Vec<Failure> {
        if report.outcome == Outcome::DoesNotCompile {
            return Vec::new();
        }
        let package = &report.id;
        let mut failures = self.complaints.clone();
        if let Some(warnings) = self.warnings.get(package) {
            let quoted: Vec<&str> = warnings.iter().take(QUOTED).map(String::as_str).collect();
            let more = warnings.len() - quoted.len();
            let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
            failures.push(Failure::new(
                format!("the compiler or clippy warns:\n{}{more}", quoted.join("\n")),
                format!("mend it; see all of it with: cargo clippy --all-targets -p {package}"),
            ));
        }
        let below = format!("/{folder}/");
        let files = self.unformatted.iter().filter_map(|file| Some(file.split_once(&below)?.1));
        let files: BTreeSet<&str> = files.collect();
        failures.extend(if_any(files, "not formatted", format!("format it: cargo fmt -p {package}")));
        failures
    }
}

/// What a command of Cargo prints about these packages. And where it failed, that it did, with its last words.
fn ask(
    root: &Path,
    what: &[&str],
    packages: &[String],
    how: &[&str],
    component: &str,
    stop: &Stop,
) -> Result<(Vec<String>, Option<Failure>)> {
    let mut command = cargo::command(root);
    command.args(what).args(packages.iter().flat_map(|package| ["--package", package]));
    command.arg("--").args(how);
    let (mut printed, mut said) = (Vec::new(), Vec::new());
    let end = process::lines(command, stop, |line| match line {
        Line::Out(line) => printed.push(line),
        Line::Err(line) => said.push(line),
    })?;
    let failed = matches!(end, End::Exited(status) if !status.success());
    let last = said[said.len().saturating_sub(QUOTED)..].join("\n");
    let complaint = Failure::new(
        format!("cargo {} cannot do its work: {last}", what[0]),
        format!("if it is missing: rustup component add {component}"),
    );
    Ok((printed, failed.then_some(complaint)))
}
