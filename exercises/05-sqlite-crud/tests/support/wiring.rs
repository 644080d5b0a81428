//! What of this chapter the tests start the service with.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use sqlx::SqlitePool;

use crate::desk::AppState;
pub use crate::desk::database::{open, options, pool};

/// The state of the service, with all that it knows in this database.
pub fn state_on(pool: SqlitePool) -> AppState {
    AppState::new(pool)
}
