//! What needs chapters of its own, tried on small workbooks.

mod fixture;
mod not_run;
mod rings;
mod scratch;
#[path = "../support/strace.rs"]
mod strace;
mod template;
mod update;
mod verify;

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");
