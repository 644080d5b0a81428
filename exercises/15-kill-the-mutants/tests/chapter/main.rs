//! Whether your tests are worth something.
//!
//! This program holds your tests and a domain with mutants, all asleep. Each test in `broken_promises` starts the program once
//! more, with one mutant awake, and asks it for your tests: if all of them pass, nobody has noticed.

use kill_the_mutants as desk;
use kill_the_mutants::mutable::domain;

mod broken_promises;
mod parcels;
mod runner;
mod kept_promises;

/// Yours, in `src/tests`.
mod tests {
    include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/mod.rs"));
}
