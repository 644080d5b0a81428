//! `cargo workbook`: see the library for everything it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    workbook::cli::main()
}
