//! The gates, tried on small workbooks in which each rule is broken once.

mod broken;
mod carry;
mod command;
#[path = "../../../workbook/tests/small/fixture.rs"]
mod fixture;
mod not_run;
mod pages;
mod rings;
mod rules;
#[path = "../../../workbook/tests/small/template.rs"]
mod template;

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_gates");
