//! The maintainers' tool behind `cargo gates`: what learners never compile.
//!
//! [`check`] holds the rules that the workbook keeps, [`chain`] knows how one chapter comes from another.
//! [`cli`] and [`commands`] put them together.

pub mod chain;
pub mod check;
pub mod cli;
pub mod commands;
