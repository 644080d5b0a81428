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
mod includes;
mod lighten;
mod links;
mod pictures;
mod preprocess;
mod question;
mod questions;
mod rebuild;
mod redraw;
mod shelf;
mod svg;
mod warnings;

use std::fmt;
use std::path::{Path, PathBuf};

pub use build::{BuildOptions, Built, build};
pub use includes::check_includes;
pub use links::{BrokenLink, check_links};
pub use preprocess::{preprocess, preprocess_between, supports};
pub use question::{Answer, Choice, Question};
pub use questions::{Asked, questions, unproved};
pub use rebuild::Rebuilder;
pub use svg::{draw as draw_picture, escape};

/// Something an author has to mend, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the workbook's root.
    pub file: PathBuf,
    /// Counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do about it, in one or two sentences.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.as_os_str().is_empty(), self.line) {
            (true, _) => write!(f, "{}", self.message),
            (false, 0) => write!(f, "{}: {}", slashed(&self.file), self.message),
            (false, line) => write!(f, "{}:{line}: {}", slashed(&self.file), self.message),
        }
    }
}

/// A path as the book writes it, with `/` on every system.
fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
