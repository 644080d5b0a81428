//! The few things of a `Cargo.toml` that say how code names crates.
//!
//! Read line by line: a parser of TOML would be the largest dependency of this crate, and every exercise that tests its
//! architecture would build it. Keys in quotes and inline tables are understood, `"""` strings are not.

use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// The name by which programs and tests see the library.
    pub lib_name: String,
    pub lib_path: Option<String>,
    /// The paths of the programs that have one.
    pub bins: Vec<String>,
    /// From the name in code to the name of the crate: they differ where the manifest renames.
    pub crates: BTreeMap<String, String>,
    /// From the name in code to the line that has it first: what the program depends on, and nothing else.
    pub lines: BTreeMap<String, usize>,
}

impl Manifest {
    pub fn parse(text: &str) -> Self {
        let mut manifest = Self {
            crates: ["std", "core", "alloc"].iter().map(|name| ((*name).into(), (*name).into())).collect(),
            ..Self::default()
        };
        let (mut package, mut table, mut depth) = (String::new(), String::new(), 0);
        for (line, number) in text.lines().map(str::trim).zip(1..) {
            if depth == 0 && line.starts_with('[') {
                let header = line.split('#').next().unwrap_or_default();
                table = header.trim().trim_matches(['[', ']']).trim().to_owned();
                if let Some(name) = after_dependencies(&table).filter(|name| !name.is_empty()) {
                    manifest.depend(name, "", number);
                }
                continue;
            }
            let inside = depth > 0;
            depth += nesting(line);
            let Some((key, value)) = line.split_once('=').filter(|_| !inside && !line.starts_with('#'))
            else {
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            match (table.as_str(), key) {
                ("package", "name") => package = text_of(value),
                ("lib", "name") => manifest.lib_name = text_of(value),
                ("lib", "path") => manifest.lib_path = Some(text_of(value)),
                ("bin", "path") => manifest.bins.push(text_of(value)),
                _ => match after_dependencies(&table) {
                    Some("") => manifest.depend(key.split('.').next().unwrap_or(key), value, number),
                    Some(name) if key == "package" => {
                        manifest.depend(name, &format!("package = {value}"), number);
                    }
                    _ => {}
                },
            }
        }
        if manifest.lib_name.is_empty() {
            manifest.lib_name = in_code(&package);
        }
        manifest
    }

    fn depend(&mut self, name: &str, value: &str, line: usize) {
        let renamed = value.split_once("package").map(|(_, rest)| rest.trim_start());
        let of = renamed.and_then(|rest| rest.strip_prefix('=')).map(text_of);
        let name = in_code(name);
        self.lines.entry(name.clone()).or_insert(line);
        self.crates.insert(name.clone(), of.map_or(name, |of| in_code(&of)));
    }
}

/// What follows `dependencies` in a table's name. Those of tests and build scripts are not the crate's own.
fn after_dependencies(table: &str) -> Option<&str> {
    let rest = match table.strip_prefix("target.") {
        Some(target) => target.split_once(".dependencies")?.1,
        None => table.strip_prefix("dependencies")?,
    };
    if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
}

pub(crate) fn in_code(name: &str) -> String {
    name.trim().trim_matches(['"', '\'']).replace('-', "_")
}

/// The first text in quotes.
fn text_of(value: &str) -> String {
    value.split(['"', '\'']).nth(1).unwrap_or_default().to_owned()
}

/// How many more brackets this line opens than it closes.
fn nesting(line: &str) -> i32 {
    let mut quote = None;
    let mut depth = 0;
    for letter in line.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('#', None) => break,
            ('[' | '{', None) => depth += 1,
            (']' | '}', None) => depth -= 1,
            _ => {}
        }
    }
    depth
}
