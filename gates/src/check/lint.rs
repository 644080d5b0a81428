//! What clippy and rustfmt say, for many packages in one call each.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use anyhow::Result;
use cargo_metadata::Message;
use workbook::runner::{
    Diagnostic, Stop, cargo,
    process::{self, End, Line},
};

use super::{Failure, in_a_line};

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
        let mut command = cargo::command(root);
        command.args(["clippy", "--all-targets", "--keep-going", "--message-format=json"]);
        command.args(packages.iter().flat_map(|package| ["--package", package]));
        command.args(["--", "-D", "warnings"]);
        let warnings = &mut self.warnings;
        let (end, said) = lines(command, stop, |line| {
            let Ok(Message::CompilerMessage(message)) = serde_json::from_str(line) else { return };
            let package = cargo::package_of(&message.package_id);
            if let Some(diagnostic) = Diagnostic::of(message) {
                warnings.entry(package).or_default().insert(in_a_line(&diagnostic));
            }
        })?;
        if self.warnings.is_empty() {
            self.complaints.extend(complaint("clippy", "clippy", end, &said));
        }
        // What a shared crate is blamed for keeps clippy from the chapters that need it.
        let shared = self.warnings.iter().filter(|(package, _)| !packages.contains(package));
        let of_shared = |(package, warnings): (&String, &BTreeSet<String>)| {
            let quoted = warnings.iter().next().map_or("", String::as_str);
            Failure::new(
                format!("clippy warns of the crate {package}, and goes no further: {quoted}"),
                format!("mend it; see all of it with: cargo clippy --all-targets -p {package}"),
            )
        };
        self.complaints.extend(shared.map(of_shared));
        Ok(())
    }

    pub fn rustfmt(&mut self, root: &Path, packages: &[String], stop: &Stop) -> Result<()> {
        let mut command = cargo::command(root);
        command.args(["fmt", "--check"]);
        command.args(packages.iter().flat_map(|package| ["--package", package]));
        command.args(["--", "-l"]);
        let unformatted = &mut self.unformatted;
        let (end, said) = lines(command, stop, |line| unformatted.push(line.trim().replace('\\', "/")))?;
        if self.unformatted.is_empty() {
            self.complaints.extend(complaint("fmt", "rustfmt", end, &said));
        }
        Ok(())
    }

    /// What was said about one package, whose own files are in `folder` (`solutions/01-first-route`).
    pub fn failures(&self, package: &str, folder: &str) -> Vec<Failure> {
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
        let mut files = self.unformatted.iter().filter(|file| file.contains(&below)).peekable();
        if files.peek().is_some() {
            let names: BTreeSet<&str> =
                files.filter_map(|file| file.split_once(&below)).map(|(_, name)| name).collect();
            failures.push(Failure::new(
                format!("not formatted: {}", super::list(names)),
                format!("format it: cargo fmt -p {package}"),
            ));
        }
        failures
    }
}

fn lines(command: Command, stop: &Stop, mut on: impl FnMut(&str)) -> Result<(End, Vec<String>)> {
    let mut said = Vec::new();
    let end = process::lines(command, stop, |line| match line {
        Line::Out(line) => on(&line),
        Line::Err(line) => said.push(line),
    })?;
    Ok((end, said))
}

/// That `cargo COMMAND` failed, with its last words.
fn complaint(command: &str, component: &str, end: End, said: &[String]) -> Option<Failure> {
    let failed = matches!(end, End::Exited(status) if !status.success());
    let last = said[said.len().saturating_sub(QUOTED)..].join("\n");
    failed.then(|| {
        Failure::new(
            format!("cargo {command} cannot do its work: {last}"),
            format!("if it is missing: rustup component add {component}"),
        )
    })
}
