//! What of this chapter the tests start the service with.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use sqlx::SqlitePool;

pub use crate::{
    composition::on_sqlite as state_on,
    desk::adapters::sqlite::{open, options, pool},
};

/// The products of this database, as the state holds them.
pub fn products_on(pool: SqlitePool) -> SqlitePool {
    pool
}
