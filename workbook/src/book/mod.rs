//! The book half of the tool: turns `book/` into HTML, and checks what mdBook itself does not.
//!
//! - [`build`] writes the whole book into a folder, in-process, with mdBook's own library.
//! - [`Rebuilder`] does so on a thread of its own, as often as it is asked, for the book that is being served.
//! - [`check_includes`] and [`check_links`] are gates for authors: code in the text comes from compiled crates, and every link leads somewhere.
//! - [`questions`] finds what the pages ask, and [`unproved`] is the gate for the tests that hold the answers.
//! - [`preprocess`] speaks mdBook's preprocessor protocol, so that plain `mdbook build` gives the same pages.

mod admonish;
mod build;
mod exercise;
pub mod fences;
mod html;
mod includes;
mod lighten;
mod links;
mod pictures;
mod preprocess;
mod question;
mod questions;
mod rebuild;
mod shelf;
mod svg;
mod warnings;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use mdbook_driver::config::Config;

use crate::course::{Problem, files};

pub use build::{BuildOptions, Built, build};
pub use html::{escape, text, tokens};
pub use includes::check_includes;
pub use links::check_links;
pub use preprocess::{preprocess, preprocess_between, supports};
pub use question::{Answer, Choice, Question};
pub use questions::{Asked, questions, unproved};
pub use rebuild::Rebuilder;
pub use svg::draw as draw_picture;

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
fn slashed(path: &Path) -> String {
    files::relative(Path::new(""), path)
}

/// Where `book.toml` says that the pages are, named from `root`.
fn sources(root: &Path) -> Result<PathBuf> {
    let config = Config::from_disk(root.join("book.toml"));
    Ok(config.context("book.toml could not be read: mend or restore it")?.book.src)
}

/// Every Markdown file of the book with its text, sorted, named from `root`.
fn pages(root: &Path, sources: &Path) -> Result<Vec<(PathBuf, String)>> {
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
