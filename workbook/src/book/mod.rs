//! Turns `book/` into HTML, and checks what mdBook itself does not.

mod admonish;
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
mod questions;
mod rebuild;
mod svg;
mod warnings;

pub use build::{BuildOptions, Built, build};
pub use html::{escape, text, tokens};
pub use includes::check_includes;
pub use links::check_links;
pub use pages::PageProblem;
pub use preprocess::{preprocess_between, supports};
pub use questions::{Answer, Asked, Choice, Question, questions, unproved};
pub use rebuild::Rebuilder;
pub use svg::draw as draw_picture;
