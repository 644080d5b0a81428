//! The gate for the code in the text: it comes from compiled crates, by anchor, and what it names exists. mdBook itself only
//! warns, and shows the reader the raw `{{#include}}`.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use anyhow::Result;
use regex::Regex;

use super::{
    fences::fences,
    pages::{PageProblem, pages, sources},
};

/// Checks every page under the book's sources: each include finds its file and its anchor, names no line numbers, and each block
/// of Rust is made of includes from a crate of this workbook. Problems come in the order of files and lines; none means it holds.
pub fn check_includes(root: &Path) -> Result<Vec<PageProblem>> {
    let sources = sources(root)?;
    let mut problems = broken_includes(root, &sources)?;
    for (page, text) in pages(root, &sources)? {
        for fence in fences(&text).iter().filter(|fence| matches!(fence.language(), "rust" | "rs")) {
            let mut problem = |at: usize, message: String| {
                problems.push(PageProblem { file: page.clone(), line: fence.line + 1 + at, message });
            };
            let typed = fence.content.lines().position(|line| !line.trim().is_empty() && !is_include(line));
            let empty = fence.content.trim().is_empty();
            if let Some(at) = typed.or(empty.then_some(0)) {
                problem(at, TYPED.into());
            }
            for (at, line) in fence.content.lines().enumerate() {
                for Include { path, .. } in includes(line) {
                    if !comes_from_a_crate(root, &page, &path) {
                        problem(
                            at,
                            format!(
                                "{path} belongs to no crate of this workbook, so nothing compiles it: move it into one"
                            ),
                        );
                    }
                }
            }
        }
    }
    problems.sort();
    problems.dedup();
    Ok(problems)
}

const TYPED: &str = "Rust in the text comes from a compiled crate: put it there between `// ANCHOR: name` and `// ANCHOR_END: name`, \
                     and write {{#include path:name}} here. If it is not Rust, name another language";

/// Only the part that every build does: includes that find nothing, or not what the author meant.
pub(super) fn broken_includes(root: &Path, sources: &Path) -> Result<Vec<PageProblem>> {
    let mut problems = Vec::new();
    let mut files = BTreeMap::new();
    for (page, text) in pages(root, sources)? {
        for (index, line) in text.lines().enumerate() {
            for include in includes(line) {
                let target = root.join(&page).with_file_name("").join(&include.path);
                let text = files.entry(target.clone()).or_insert_with(|| fs::read_to_string(&target).ok());
                if let Some(message) = include.mistake(text.as_deref()) {
                    problems.push(PageProblem { file: page.clone(), line: index + 1, message });
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
    let targets = LINK.captures_iter(line).filter_map(|link| Some(link.get(1)?.as_str()));
    targets
        .map(|target| match target.split_once(':') {
            Some((path, part)) => Include { path: path.to_owned(), part: Some(part.to_owned()) },
            None => Include { path: target.to_owned(), part: None },
        })
        .collect()
}

fn is_include(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{{") && line.ends_with("}}") && includes(line).len() == 1
}

impl Include {
    fn mistake(&self, text: Option<&str>) -> Option<String> {
        let path = &self.path;
        let Some(text) = text else {
            return Some(format!(
                "{path} does not exist (the path counts from this page's folder): mend the path"
            ));
        };
        match self.part.as_deref() {
            None if text.contains("ANCHOR:") => Some(format!(
                "the whole of {path} is shown, its ANCHOR comments too: name an anchor around what you want to show"
            )),
            None => None,
            Some(part) if part.starts_with(':') || part.starts_with(|c: char| c.is_ascii_digit()) => {
                Some(format!("{path}:{part} names lines, which move with every change: name an anchor"))
            }
            Some(anchor) => anchor_mistake(path, text, anchor),
        }
    }
}

fn anchor_mistake(path: &str, text: &str, anchor: &str) -> Option<String> {
    let names = |kind: &str, line: &str| {
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let name = line.split_once(kind).map(|(_, name)| name.trim_start());
        name.and_then(|name| name.split(|c| !is_name(c)).next()) == Some(anchor)
    };
    let (begins, ends) = (|line: &&str| names("ANCHOR:", line), |line: &&str| names("ANCHOR_END:", line));
    let mut lines = text.lines().skip_while(|line| !begins(line));
    if lines.next().is_none() {
        return Some(format!("{path} has no `ANCHOR: {anchor}`: add it there or mend the name"));
    }
    let shown: Vec<_> = lines.by_ref().take_while(|line| !ends(line)).collect();
    if !text.lines().any(|line| ends(&line)) {
        return Some(format!("`ANCHOR: {anchor}` of {path} never ends: add `ANCHOR_END: {anchor}`"));
    }
    if lines.any(|line| begins(&line)) {
        return Some(format!("{path} has `ANCHOR: {anchor}` twice, and only the first is shown: rename one"));
    }
    let is_empty = shown.iter().all(|line| line.trim().is_empty() || line.contains("ANCHOR"));
    is_empty.then(|| format!("`ANCHOR: {anchor}` of {path} is empty: put its lines around something"))
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
