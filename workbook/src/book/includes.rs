//! The gate for the code in the text: it comes from compiled crates, by anchor, and what it names exists. mdBook itself only
//! warns, and shows the reader the raw `{{#include}}`.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use anyhow::Result;
use regex::{Captures, Regex};

use super::{
    fences::fences,
    pages::{PageProblem, pages, slashed, sources},
};
use crate::course::{
    answers::{self, Answer},
    files::joined,
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
                for include in includes(line) {
                    if !include.is_compiled(root, &page) {
                        let path = include.path;
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
                let text = files
                    .entry((include.target(&page), include.part.is_some()))
                    .or_insert_with(|| include.text(root, &page));
                if let Err(message) = text.as_ref().map_err(Clone::clone).and_then(|text| include.shown(text))
                {
                    problems.push(PageProblem { file: page.clone(), line: index + 1, message });
                }
            }
        }
    }
    Ok(problems)
}

/// The text of a page with the code of answers in place of what includes it. What is not in order stays as it is: the gate
/// tells of it.
pub(super) fn with_answers(root: &Path, page: &Path, text: &str) -> String {
    let shown = |link: &Captures<'_>| {
        let include = Include::of(link.get(1)?.as_str());
        include.answer(page)?;
        Some(include.shown(&include.text(root, page).ok()?).ok()?.join("\n"))
    };
    LINK.replace_all(text, |link: &Captures<'_>| shown(link).unwrap_or_else(|| link[0].to_owned()))
        .into_owned()
}

/// As mdBook reads them; an escaped one is text.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(?:include|rustdoc_include)\s+([^}\s]+)[^}]*\}\}").expect("a constant")
});

fn includes(line: &str) -> Vec<Include> {
    LINK.captures_iter(line).filter_map(|link| Some(Include::of(link.get(1)?.as_str()))).collect()
}

fn is_include(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{{") && line.ends_with("}}") && includes(line).len() == 1
}

struct Include {
    path: String,
    /// What stands behind the path's colon.
    part: Option<String>,
}

impl Include {
    fn of(target: &str) -> Self {
        match target.split_once(':') {
            Some((path, part)) => Self { path: path.to_owned(), part: Some(part.to_owned()) },
            None => Self { path: target.to_owned(), part: None },
        }
    }

    /// The file that it names, from the workbook's root.
    fn target(&self, page: &Path) -> String {
        let page = slashed(page);
        joined(page.rsplit_once('/').map_or("", |(folder, _)| folder), &self.path)
    }

    /// The answer of which it shows code, and not the difference itself.
    fn answer(&self, page: &Path) -> Option<String> {
        let target = self.target(page);
        (self.part.is_some() && answers::folder_of(&target).is_some()).then_some(target)
    }

    /// The text that it takes its part from: of an answer, that of the files that it changes.
    fn text(&self, root: &Path, page: &Path) -> Result<String, String> {
        let text = fs::read_to_string(root.join(self.target(page))).map_err(|_| {
            format!("{} does not exist (the path counts from this page's folder): mend the path", self.path)
        })?;
        let Some(answer) = self.answer(page) else { return Ok(text) };
        let changed = Answer::parse(&answer, &text)
            .and_then(|answer| answer.apply(|file| fs::read_to_string(root.join(file)).ok()));
        let changed = changed.map_err(|problem| format!("{}: {}", problem.problem, problem.mend))?;
        Ok(changed.into_iter().filter_map(|(_, text)| text).collect())
    }

    /// The lines that it stands for, or what is wrong with it.
    fn shown<'a>(&self, text: &'a str) -> Result<Vec<&'a str>, String> {
        let path = &self.path;
        match self.part.as_deref() {
            None if text.contains("ANCHOR:") => Err(format!(
                "the whole of {path} is shown, its ANCHOR comments too: name an anchor around what you want to show"
            )),
            None => Ok(text.lines().collect()),
            Some(part) if part.starts_with(':') || part.starts_with(|c: char| c.is_ascii_digit()) => {
                Err(format!("{path}:{part} names lines, which move with every change: name an anchor"))
            }
            Some(anchor) => anchored(path, text, anchor),
        }
    }

    fn is_compiled(&self, root: &Path, page: &Path) -> bool {
        let target = root.join(page).with_file_name("").join(&self.path);
        // A file that is missing is another problem, told elsewhere.
        let (Ok(target), Ok(root)) = (target.canonicalize(), root.canonicalize()) else { return true };
        let is_rust = target.extension().is_some_and(|extension| extension == "rs");
        let mut folders = target.ancestors().skip(1).take_while(|folder| *folder != root);
        // An answer is compiled with its solution, by gate 3.
        self.answer(page).is_some()
            || is_rust
                && target.starts_with(&root)
                && folders.any(|folder| folder.join("Cargo.toml").is_file())
    }
}

/// The lines of an anchor, without those of others; or what is wrong with it.
fn anchored<'a>(path: &str, text: &'a str, anchor: &str) -> Result<Vec<&'a str>, String> {
    let names = |kind: &str, line: &str| {
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let name = line.split_once(kind).map(|(_, name)| name.trim_start());
        name.and_then(|name| name.split(|c| !is_name(c)).next()) == Some(anchor)
    };
    let (begins, ends) = (|line: &&str| names("ANCHOR:", line), |line: &&str| names("ANCHOR_END:", line));
    let mut lines = text.lines().skip_while(|line| !begins(line));
    if lines.next().is_none() {
        return Err(format!("{path} has no `ANCHOR: {anchor}`: add it there or mend the name"));
    }
    let mut shown: Vec<_> = lines.by_ref().take_while(|line| !ends(line)).collect();
    if !text.lines().any(|line| ends(&line)) {
        return Err(format!("`ANCHOR: {anchor}` of {path} never ends: add `ANCHOR_END: {anchor}`"));
    }
    if lines.any(|line| begins(&line)) {
        return Err(format!("{path} has `ANCHOR: {anchor}` twice, and only the first is shown: rename one"));
    }
    shown.retain(|line| !line.contains("ANCHOR:") && !line.contains("ANCHOR_END:"));
    match shown.iter().all(|line| line.trim().is_empty()) {
        true => Err(format!("`ANCHOR: {anchor}` of {path} is empty: put its lines around something")),
        false => Ok(shown),
    }
}
