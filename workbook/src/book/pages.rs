//! The pages of the book as they are written, and what is wrong with one.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use mdbook_driver::{
    book::{Book, Chapter},
    config::Config,
};
use mdbook_preprocessor::PreprocessorContext;

use super::fences::Mistake;
use crate::course::{Problem, files};

/// Something an author has to mend, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageProblem {
    /// The file, relative to the workbook's root.
    pub file: PathBuf,
    /// Counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do about it, in one or two sentences.
    pub message: String,
}

impl PageProblem {
    pub(super) fn new(file: impl Into<PathBuf>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for PageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.as_os_str().is_empty(), self.line) {
            (true, _) => write!(f, "{}", self.message),
            (false, 0) => write!(f, "{}: {}", slashed(&self.file), self.message),
            (false, line) => write!(f, "{}:{line}: {}", slashed(&self.file), self.message),
        }
    }
}

/// For the gates: what it is stands in it, and what to do in general is this.
impl From<&PageProblem> for Problem {
    fn from(problem: &PageProblem) -> Self {
        Self::new(
            problem.to_string(),
            "change that line of the page, or the code that it names, then run the check again",
        )
    }
}

/// A path as the book writes it, with `/` on every system.
pub(super) fn slashed(path: &Path) -> String {
    files::relative(Path::new(""), path)
}

/// Where `book.toml` says that the pages are, named from `root`.
pub(super) fn sources(root: &Path) -> Result<PathBuf> {
    let config = Config::from_disk(root.join("book.toml"));
    Ok(config.context("book.toml could not be read: mend or restore it")?.book.src)
}

/// Every Markdown file of the book with its text, sorted, named from `root`.
pub(super) fn pages(root: &Path, sources: &Path) -> Result<Vec<(String, String)>> {
    let mut pages = Vec::new();
    for page in files::below(&root.join(sources), |_| true)? {
        let name = files::relative(root, &page);
        if name.ends_with(".md") {
            let text = fs::read_to_string(&page);
            let text = text.with_context(|| format!("{name} could not be read: is it UTF-8?"))?;
            pages.push((name, text));
        }
    }
    Ok(pages)
}

/// The page of a chapter, named from the workbook's root.
pub(super) fn path_of(context: &PreprocessorContext, chapter: &Chapter) -> String {
    slashed(&context.config.book.src.join(chapter.source_path.as_deref().unwrap_or(Path::new(""))))
}

/// Draws every page of the book with `draw`, which gets its text. All mistakes of the book are told at once, below `headline`.
pub(super) fn draw_pages(
    context: &PreprocessorContext,
    book: &mut Book,
    headline: &str,
    draw: fn(&str) -> Result<String, Vec<Mistake>>,
) -> Result<()> {
    let mut mistakes = Vec::new();
    book.for_each_chapter_mut(|chapter| match draw(&chapter.content) {
        Ok(text) => chapter.content = text,
        Err(found) => {
            let page = path_of(context, chapter);
            // Other preprocessors may have moved the lines, so they are counted in what the author wrote.
            let written = fs::read_to_string(context.root.join(&page)).map(|written| draw(&written));
            let found = written.ok().and_then(Result::err).unwrap_or(found);
            mistakes.extend(found.into_iter().map(|(line, said)| format!("{page}:{line}: {said}")));
        }
    });
    ensure!(mistakes.is_empty(), "{headline}:\n  {}", mistakes.join("\n  "));
    Ok(())
}
