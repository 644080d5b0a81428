//! Why a crate cannot be read.

use std::{io, path::PathBuf};

/// Why a crate cannot be read. Files are relative to the crate's folder, lines are counted from 1.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is neither `src/lib.rs` nor `src/main.rs`, nor another root that `Cargo.toml` names.
    #[error("{} is not the folder of a crate: it has neither src/lib.rs nor src/main.rs", .dir.display())]
    NoCrate { dir: PathBuf },
    /// A file that exists, or must exist, cannot be read. `Cargo.toml` is one of them.
    #[error("{file} cannot be read: {source}")]
    Unreadable { file: String, source: io::Error },
    /// A `mod x;` without a file.
    #[error("{file}:{line}: the module `{module}` has no file: {}", none_of(.wanted))]
    Missing { file: String, line: usize, module: String, wanted: Vec<String> },
    /// A `#[path]` that leads back to a file that is being read.
    #[error("{file}:{line}: the module `{module}` contains itself")]
    Circular { file: String, line: usize, module: String },
    /// The file is not Rust.
    #[error("{file}:{line}: this does not parse: {message}")]
    Syntax { file: String, line: usize, message: String },
}

fn none_of(wanted: &[String]) -> String {
    match wanted {
        [one] => format!("there is no {one}"),
        several => format!("there is neither {}", several.join(" nor ")),
    }
}
