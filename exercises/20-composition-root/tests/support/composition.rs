//! The composition root is the program's. No test can link a program, so its file is compiled into this one as well: what
//! the program serves is what the tests ask.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use crate::desk::AppState;
use sqlx::SqlitePool;

// ANCHOR: program
mod program {
    #![allow(dead_code, reason = "the tests wire a state, and do not serve it")]

    include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs"));

    pub fn wired(pool: SqlitePool) -> AppState {
        on_sqlite(pool)
    }
}

/// The order desk as the program has it, with all that it knows in the database of this pool.
pub fn on_sqlite(pool: SqlitePool) -> AppState {
    program::wired(pool)
}
// ANCHOR_END: program
