// Caught by: structure::http_and_adapters_meet_in_main_alone
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
/// What the handlers work with. Whoever builds it decides what is behind it.
#[derive(Debug, Clone)]
pub struct AppState {
    pub accounts: Accounts,
    pub order_desk: OrderDesk,
    /// For the products, which stay plain CRUD.
    pub products: SqlitePool,
}
// ANCHOR_END: state

impl AppState {
    /// A state that keeps everything in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self {
            accounts: Accounts::new(
                Arc::new(SqliteUsers::new(pool.clone())),
                Arc::new(RandomIds),
            ),
            order_desk: OrderDesk::new(
                Arc::new(SqliteUsers::new(pool.clone())),
                Arc::new(SqliteOrders::new(pool.clone())),
                Arc::new(SqliteCatalogue::new(pool.clone())),
                Arc::new(SystemClock),
                Arc::new(RandomIds),
            ),
            products: pool,
        }
    }
}

impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        state.accounts.clone()
    }
}

impl FromRef<AppState> for OrderDesk {
    fn from_ref(state: &AppState) -> Self {
        state.order_desk.clone()
    }
}

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}
