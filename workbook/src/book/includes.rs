//! The gate for the code in the text: it comes from compiled crates, by anchor, and what it names exists. mdBook itself only
//! warns, and shows the reader the raw `{{#include}}`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use regex::Regex;

use super::{Problem, fences::fences, slashed};

/// Checks every page under the book's sources: each include finds its file and its anchor, names no line numbers, and each block
/// of Rust is made of includes from a crate of this workbook. Problems come in the order of files and lines; none means it holds.
pub fn check_includes(root: &Path) -> Result<Vec<Problem>> {
    let config = Config::from_disk(root.join("book.toml"))
        .context("book.toml could not be read: mend or restore it")?;
    let mut problems = broken_includes(root, &config.book.src)?;
    for (page, text) in pages(root, &config.book.src)? {
        for fence in fences(&text).iter().filter(|fence| matches!(fence.language(), "rust" | "rs")) {
            let typed = fence.content.lines().position(|line| !line.trim().is_empty() && !is_include(line));
            let empty = fence.content.trim().is_empty();
            if let Some(at) = typed.or(empty.then_some(0)) {
                problems.push(Problem {
                    file: page.clone(),
                    line: fence.line + 1 + at,
                    message: "Rust in the text comes from a compiled crate: put it there between `// ANCHOR: name` and `// ANCHOR_END: name`, \
                              and write {{#include path:name}} here. If it is not Rust, name another language"
                        .into(),
                });
            }
            for (offset, line) in fence.content.lines().enumerate() {
                for include in
                    includes(line).iter().filter(|include| !comes_from_a_crate(root, &page, &include.path))
                {
                    problems.push(Problem {
                        file: page.clone(),
                        line: fence.line + 1 + offset,
                        message: format!("{} belongs to no crate of this workbook, so nothing compiles it: move it into one", include.path),
                    });
                }
            }
        }
    }
    problems.sort();
    problems.dedup();
    Ok(problems)
}

/// Only the part that every build does: includes that find nothing, or not what the author meant.
pub(super) fn broken_includes(root: &Path, sources: &Path) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut files = BTreeMap::new();
    for (page, text) in pages(root, sources)? {
        for (index, line) in text.lines().enumerate() {
            for include in includes(line) {
                let target = root.join(&page).with_file_name("").join(&include.path);
                let text = files.entry(target.clone()).or_insert_with(|| fs::read_to_string(&target).ok());
                if let Some(message) = include.mistake(text.as_deref()) {
                    problems.push(Problem { file: page.clone(), line: index + 1, message });
                }
            }
        }
    }
    Ok(problems)
}

struct Include {
    path: String,
    /// What stands behind the path's colon.
    part: Option<String>,
}

/// As mdBook reads them; an escaped one is text.
fn includes(line: &str) -> Vec<Include> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(?:include|rustdoc_include)\s+([^}\s]+)[^}]*\}\}")
            .expect("a constant")
    });
    LINK.captures_iter(line)
        .filter_map(|link| link.get(1))
        .map(|target| match target.as_str().split_once(':') {
            Some((path, part)) => Include { path: path.to_owned(), part: Some(part.to_owned()) },
            None => Include { path: target.as_str().to_owned(), part: None },
        })
        .collect()
}

fn is_include(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{{") && line.ends_with("}}") && includes(line).len() == 1
}

impl Include {
    /// What is wrong with it, given the text of the file it names.
    fn mistake(&self, text: Option<&str>) -> Option<String> {
        let path = &self.path;
        let Some(text) = text else {
            return Some(format!(
                "{path} does not exist (the path counts from this page's folder): mend the path"
            ));
        };
        let names = |kind: &str, line: &str| {
            let name = line.split_once(kind).map(|(_, name)| name.trim_start());
            name.map(|name| {
                name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
        };
        match self.part.as_deref() {
            None if text.contains("ANCHOR:") => Some(format!(
                "the whole of {path} is shown, its ANCHOR comments too: name an anchor around what you want to show"
            )),
            None => None,
            Some(part) if part.starts_with(':') || part.starts_with(|c: char| c.is_ascii_digit()) => {
                Some(format!("{path}:{part} names lines, which move with every change: name an anchor"))
            }
            Some(anchor) => {
                let mut lines = text
                    .lines()
                    .skip_while(|line| names("ANCHOR:", line).as_deref() != Some(anchor))
                    .peekable();
                if lines.next().is_none() {
                    return Some(format!("{path} has no `ANCHOR: {anchor}`: add it there or mend the name"));
                }
                let shown: Vec<_> = lines
                    .by_ref()
                    .take_while(|line| names("ANCHOR_END:", line).as_deref() != Some(anchor))
                    .collect();
                if !text.lines().any(|line| names("ANCHOR_END:", line).as_deref() == Some(anchor)) {
                    Some(format!("`ANCHOR: {anchor}` of {path} never ends: add `ANCHOR_END: {anchor}`"))
                } else if lines.any(|line| names("ANCHOR:", line).as_deref() == Some(anchor)) {
                    Some(format!(
                        "{path} has `ANCHOR: {anchor}` twice, and only the first is shown: rename one"
                    ))
                } else if shown.iter().all(|line| line.trim().is_empty() || line.contains("ANCHOR")) {
                    Some(format!("`ANCHOR: {anchor}` of {path} is empty: put its lines around something"))
                } else {
                    None
                }
            }
        }
    }
}

fn comes_from_a_crate(root: &Path, page: &Path, path: &str) -> bool {
    let target = root.join(page).with_file_name("").join(path);
    // A file that is missing is another problem, told elsewhere.
    let (Ok(target), Ok(root)) = (target.canonicalize(), root.canonicalize()) else { return true };
    target.extension().is_some_and(|extension| extension == "rs")
        && target
            .ancestors()
            .skip(1)
            .take_while(|folder| *folder != root)
            .any(|folder| folder.join("Cargo.toml").is_file())
        && target.starts_with(&root)
}

/// Every Markdown file of the book with its text, sorted, named from `root`.
pub(super) fn pages(root: &Path, sources: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![sources.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let cannot =
            || format!("{} could not be read: check that it exists and may be read", slashed(&folder));
        for entry in fs::read_dir(root.join(&folder)).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            let path = folder.join(entry.file_name());
            if entry.file_type().with_context(cannot)?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(root.join(&path))
                    .with_context(|| format!("{} could not be read: is it UTF-8?", slashed(&path)))?;
                found.push((path, text));
            }
        }
    }
    found.sort();
    Ok(found)
}
