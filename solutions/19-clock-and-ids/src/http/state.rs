//! What the service shares between requests.

use std::sync::Arc;

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::{
    adapters::{
        sqlite::{SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::{RandomIds, SystemClock},
    },
    application::{Accounts, OrderDesk},
};

// ANCHOR: state
/// Everything that the service shares between requests. A clone shares it too.
#[derive(Debug, Clone)]
pub struct AppState {
    pool: SqlitePool,
}

impl AppState {
    /// A state that keeps everything in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        Self::new(
            Arc::new(SqliteUsers::new(state.pool.clone())),
            Arc::new(RandomIds),
        )
    }
}

impl FromRef<AppState> for OrderDesk {
    fn from_ref(state: &AppState) -> Self {
        Self::new(
            Arc::new(SqliteUsers::new(state.pool.clone())),
            Arc::new(SqliteOrders::new(state.pool.clone())),
            Arc::new(SqliteCatalogue::new(state.pool.clone())),
            Arc::new(SystemClock),
            Arc::new(RandomIds),
        )
    }
}

/// For the products, which stay plain CRUD.
impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.pool.clone()
    }
}
// ANCHOR_END: state
