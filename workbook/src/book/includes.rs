//! Code in the text. The gate: it comes from compiled crates, by anchor, and what it names exists. mdBook itself only warns, and
//! shows the reader the raw `{{#include}}`.
//!
//! The preprocessor `answers`: `{{#include ../../solutions/NN-id/wrong-answers/NAME.diff:ANCHOR}}` stands for the lines of this
//! anchor in the files as they are with the answer.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;
use regex::{Captures, Regex};

use super::{
    fences::fences,
    pages::{PageProblem, pages, path_of, sources},
};
use crate::course::{
    answers::{self, Answer},
    files::joined,
};

/// Checks every page under the book's sources: each include finds its file and its anchor, names no line numbers, and each block
/// of Rust is made of includes from a crate of this workbook. Problems come in the order of files and lines; none means it holds.
pub fn check_includes(root: &Path) -> Result<Vec<PageProblem>> {
    let pages = pages(root, &sources(root)?)?;
    let mut problems: BTreeSet<_> = broken_includes(root, &pages).into_iter().collect();
    for (page, text) in &pages {
        for fence in fences(text).iter().filter(|fence| matches!(fence.language(), "rust" | "rs")) {
            let mut problem = |at: usize, message: String| {
                problems.insert(PageProblem::new(page, fence.line + 1 + at, message));
            };
            let typed = fence.content.lines().position(|line| !line.trim().is_empty() && !is_include(line));
            let empty = fence.content.trim().is_empty();
            if let Some(at) = typed.or(empty.then_some(0)) {
                problem(at, TYPED.into());
            }
            for (at, line) in fence.content.lines().enumerate() {
                for include in includes(page, line).filter(|include| !include.is_compiled(root)) {
                    let path = include.path;
                    problem(at, format!("{path} {UNCOMPILED}"));
                }
            }
        }
    }
    Ok(problems.into_iter().collect())
}

const TYPED: &str = "Rust in the text comes from a compiled crate: put it there between `// ANCHOR: name` and `// ANCHOR_END: name`, \
                     and write {{#include path:name}} here. If it is not Rust, name another language";
const UNCOMPILED: &str = "belongs to no crate of this workbook, so nothing compiles it: move it into one";

/// Only the part that every build does: includes that find nothing, or not what the author meant.
pub(super) fn broken_includes(root: &Path, pages: &[(String, String)]) -> Vec<PageProblem> {
    let mut problems = Vec::new();
    for (page, text) in pages {
        for (line, text) in (1..).zip(text.lines()) {
            let broken = includes(page, text).filter_map(|include| include.shown(root).err());
            problems.extend(broken.map(|message| PageProblem::new(page, line, message)));
        }
    }
    problems
}

/// Puts the code of answers in place of what includes it. What is not in order stays as it is: the gate tells of it.
pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    book.for_each_chapter_mut(|chapter| {
        let page = path_of(context, chapter);
        let text = LINK.replace_all(&chapter.content, |link: &Captures<'_>| {
            let include = link.get(1).map(|target| Include::of(&page, target.as_str()));
            let shown =
                include.filter(Include::is_answer).and_then(|answer| answer.shown(&context.root).ok());
            shown.unwrap_or_else(|| link[0].to_owned())
        });
        chapter.content = text.into_owned();
    });
    Ok(())
}

/// As mdBook reads them; an escaped one is text.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(?:include|rustdoc_include)\s+([^}\s]+)[^}]*\}\}").expect("a constant")
});

fn includes<'a>(page: &str, line: &'a str) -> impl Iterator<Item = Include<'a>> {
    LINK.captures_iter(line).filter_map(move |link| Some(Include::of(page, link.get(1)?.as_str())))
}

fn is_include(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{{") && line.ends_with("}}") && includes("", line).count() == 1
}

struct Include<'a> {
    path: &'a str,
    /// What stands behind the path's colon.
    part: Option<&'a str>,
    /// The file that it names, from the workbook's root.
    file: String,
}

impl<'a> Include<'a> {
    fn of(page: &str, target: &'a str) -> Self {
        let (path, part) = target.split_once(':').map_or((target, None), |(path, part)| (path, Some(part)));
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { path, part, file: joined(folder, path) }
    }

    /// Whether it shows code of an answer, and not the difference itself.
    fn is_answer(&self) -> bool {
        self.part.is_some() && answers::folder_of(&self.file).is_some()
    }

    /// What it stands for, or what is wrong with it.
    fn shown(&self, root: &Path) -> Result<String, String> {
        let (path, text) = (self.path, self.text(root)?);
        match self.part {
            None if text.contains("ANCHOR:") => Err(format!(
                "the whole of {path} is shown, its ANCHOR comments too: name an anchor around what you want to show"
            )),
            None => Ok(text),
            Some(part) if part.starts_with(':') || part.starts_with(|c: char| c.is_ascii_digit()) => {
                Err(format!("{path}:{part} names lines, which move with every change: name an anchor"))
            }
            Some(anchor) => anchored(path, &text, anchor),
        }
    }

    /// The text that it takes its part from: of an answer, that of the files that it changes.
    fn text(&self, root: &Path) -> Result<String, String> {
        let read = |file: &str| fs::read_to_string(root.join(file)).ok();
        let text = read(&self.file).ok_or_else(|| {
            format!("{} does not exist (the path counts from this page's folder): mend the path", self.path)
        })?;
        if !self.is_answer() {
            return Ok(text);
        }
        let changed = Answer::parse(&self.file, &text).and_then(|answer| answer.apply(read));
        let changed = changed.map_err(|problem| format!("{}: {}", problem.problem, problem.mend))?;
        Ok(changed.into_iter().filter_map(|(_, text)| text).collect())
    }

    fn is_compiled(&self, root: &Path) -> bool {
        let mut folders = Path::new(&self.file).ancestors().skip(1).filter(|folder| *folder != Path::new(""));
        // An answer is compiled with its solution, by gate 3. A file that is missing is another problem, told elsewhere.
        self.is_answer()
            || !root.join(&self.file).exists()
            || self.file.ends_with(".rs")
                && !self.file.starts_with("..")
                && folders.any(|folder| root.join(folder).join("Cargo.toml").is_file())
    }
}

/// The lines of an anchor, without those of others; or what is wrong with it.
fn anchored(path: &str, text: &str, anchor: &str) -> Result<String, String> {
    let names = |kind: &str, line: &str| {
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let name = line.split_once(kind).map(|(_, name)| name.trim_start());
        name.and_then(|name| name.split(|c| !is_name(c)).next()) == Some(anchor)
    };
    let (begins, ends) = (|line: &&str| names("ANCHOR:", line), |line: &&str| names("ANCHOR_END:", line));
    let mut lines = text.lines().skip_while(|line| !begins(line));
    lines.next().ok_or_else(|| format!("{path} has no `ANCHOR: {anchor}`: add it there or mend the name"))?;
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
        false => Ok(shown.join("\n")),
    }
}
