//! The pages of the book as they are written, and what is wrong with one.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use mdbook_driver::{book::Book, config::Config};
use mdbook_preprocessor::PreprocessorContext;

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
pub(super) fn pages(root: &Path, sources: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut pages = files::below(&root.join(sources), |_| true)?;
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    let read = |page: PathBuf| {
        let name = page.strip_prefix(root).unwrap_or(&page).to_path_buf();
        let cannot = || format!("{} could not be read: is it UTF-8?", slashed(&name));
        let text = fs::read_to_string(&page).with_context(cannot)?;
        Ok((name, text))
    };
    pages.into_iter().map(read).collect()
}

/// Draws every page of the book with `draw`, which gets the page's path from the workbook's root and its text. All mistakes of the
/// book are told at once, below `headline`.
pub(super) fn draw_pages(
    context: &PreprocessorContext,
    book: &mut Book,
    headline: &str,
    draw: impl Fn(&str, &str) -> Result<String, Vec<String>>,
) -> Result<()> {
    let mut mistakes = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let page = context.config.book.src.join(chapter.source_path.clone().unwrap_or_default());
        match draw(&slashed(&page), &chapter.content) {
            Ok(text) => chapter.content = text,
            Err(found) => mistakes.extend(found),
        }
    });
    if !mistakes.is_empty() {
        bail!("{headline}:\n  {}", mistakes.join("\n  "));
    }
    Ok(())
}
