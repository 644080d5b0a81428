//! Turns `book/` into HTML, and checks what mdBook itself does not.
//!
//! - [`build`] writes the whole book into a folder, in-process, with mdBook's own library.
//! - [`Rebuilder`] does so on a thread of its own, as often as it is asked, for the book that is being served.
//! - [`check_includes`] and [`check_links`] are gates for authors: code in the text comes from compiled crates, and every link leads somewhere.
//! - [`questions`] finds what the pages ask, and [`unproved`] is the gate for the tests that hold the answers.
//! - [`preprocess`] speaks mdBook's preprocessor protocol, so that plain `mdbook build` gives the same pages.

mod admonish;
mod answers;
mod build;
mod exercise;
pub mod fences;
mod html;
mod includes;
mod lighten;
mod links;
mod pages;
mod pictures;
mod preprocess;
mod question;
mod questions;
mod rebuild;
mod shelf;
mod svg;
mod warnings;

pub use build::{BuildOptions, Built, build};
pub use html::{escape, text, tokens};
pub use includes::check_includes;
pub use links::check_links;
pub use pages::PageProblem;
pub use preprocess::{preprocess, preprocess_between, supports};
pub use question::{Answer, Choice, Question};
pub use questions::{Asked, questions, unproved};
pub use rebuild::Rebuilder;
pub use svg::draw as draw_picture;
