//! The router of users, handed what it needs.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;
use sqlx::SqlitePool;

use crate::{
    desk::{application::Accounts, http::users},
    service::state_on,
};

/// On accounts, and nothing else of the state.
pub fn alone(pool: SqlitePool) -> Router {
    users::router().with_state(Accounts::new(pool))
}

/// On the whole state.
pub fn in_the_state(pool: SqlitePool) -> Router {
    users::router().with_state(state_on(pool))
}
