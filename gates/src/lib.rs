//! The maintainers' tool behind `cargo gates`: what learners never compile.
//!
//! [`check`] holds the rules that the workbook keeps; [`cli`] and [`commands`] put them together.

pub mod check;
pub mod cli;
pub mod commands;
