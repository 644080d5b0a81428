//! Who uses whom in a crate, and the rule that dependencies point inward.
//!
//! [`read`] parses the sources of one crate and gives its modules and the edges between them. [`Map::violations`] holds
//! the edges against the [`Rules`]: `domain` ← `application` ← `adapters`, `http` ← `main`. An architecture test is:
//!
//! ```no_run
//! use layers::{Layer, Rules};
//!
//! let map = layers::read(env!("CARGO_MANIFEST_DIR")).unwrap();
//! let rules = Rules::new()
//!     .deny(Layer::Domain, &["axum", "sqlx", "tokio"])
//!     .deny(Layer::Application, &["axum", "sqlx"]);
//! let found: Vec<String> = map.violations(&rules).iter().map(ToString::to_string).collect();
//! assert!(found.is_empty(), "{}", found.join("\n"));
//! ```
//!
//! Rust lets an `impl` stand anywhere in the crate of its type. One that could stand further inside, and does not, makes the
//! inside depend on where it stands, and no path says so. Such an `impl` breaks the rule too: see [`Map::strays`].
//!
//! [`crates`] gives the other half: the crates that this one depends on, and what each of them brings along.
//!
//! # What is read
//! `src/lib.rs`, `src/main.rs` and `src/bin`, or what `Cargo.toml` names instead, and every module they declare. What is
//! compiled for tests alone (items with `#[cfg(test)]` or `#[test]`) is left out; any other `#[cfg]` is taken as true.
//!
//! # What cannot be known
//! The sources are parsed, not compiled. So these make no edge:
//! - a method call or a field: `order.save()` does not say where `save` is written;
//! - what is behind a type alias: who uses `type Db = sqlx::SqlitePool;` uses the module that it is written in;
//! - what a macro writes by itself, `include!` among them. Its arguments are read, and so is the body of a `macro_rules!`, where it stands;
//! - what a `#[derive(...)]` writes (its name is read), and a path inside a string, as in `#[serde(with = "...")]`;
//! - a module declared inside a function, or by a macro, or with `#[cfg_attr(..., path = "...")]`;
//! - the true name of a dependency that the workspace's manifest renames. The crate's own manifest is followed.

mod crates;
mod edges;
mod error;
mod impls;
mod manifest;
mod map;
mod resolve;
mod rules;
mod scope;
mod tree;

use std::{
    panic,
    path::Path,
    thread::{self, ScopedJoinHandle},
};

pub use crates::{Crates, Dependency, crates};
pub use error::Error;
pub use map::{Edge, Layer, Map, Module, Target};
pub use rules::{Kind, Rules, Violation};

/// Reads the crate in the folder `crate_dir`: the one that holds its `Cargo.toml`.
///
/// The same sources give the same map: modules are in the order of their names, edges in that of their files and lines.
///
/// # Errors
/// When the folder is not a crate, or a file is missing, cannot be read or does not parse; the error names the file and,
/// where there is one, the line.
pub fn read(crate_dir: impl AsRef<Path>) -> Result<Map, Error> {
    let dir = crate_dir.as_ref();
    // The parser keeps the text of all it has read for as long as the thread lives: this thread ends with the reading, so a
    // server that reads at every save does not grow. And it has room for code that is nested deeper than anyone writes.
    thread::scope(|scope| {
        let reading = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read_here(dir));
        match reading.map(ScopedJoinHandle::join) {
            Ok(Ok(map)) => map,
            Ok(Err(panic)) => panic::resume_unwind(panic),
            Err(_no_thread) => read_here(dir),
        }
    })
}

/// In bytes; the system gives as many of them as are used.
const STACK: usize = 64 << 20;

fn read_here(dir: &Path) -> Result<Map, Error> {
    tree::load(dir).map(|tree| Map::of(&tree))
}
