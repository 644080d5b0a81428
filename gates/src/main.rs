//! `cargo gates`: see the library for everything it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    gates::cli::main()
}
