//! The tool behind `cargo workbook`.
//!
//! [`course`] is what stands on disk, [`runner`] builds and runs an exercise, [`terminal`] shows it as text, [`book`] makes
//! the pages, [`architecture`] draws the learner's own modules, [`learner`] keeps what a learner did, [`serve`] shows all
//! of it on the pages, [`watch`] runs on every save. [`cli`] and [`commands`] put them together.
//! Imports point one way: `commands → learner, watch, serve → runner, terminal, book, architecture → course`.

pub mod architecture;
pub mod book;
pub mod cli;
pub mod commands;
pub mod course;
pub mod learner;
pub mod runner;
pub mod serve;
pub mod terminal;
pub mod watch;
