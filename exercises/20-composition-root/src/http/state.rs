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

/// What the handlers work with. Whoever builds it decides what is behind it.
#[derive(Debug, Clone)]
pub struct AppState {
    pub accounts: Accounts,
    pub order_desk: OrderDesk,
    /// For the products, which stay plain CRUD.
    pub products: SqlitePool,
}

// ANCHOR: wiring
impl AppState {
    /// A state that keeps everything in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self {
            accounts: accounts(&pool),
            order_desk: order_desk(&pool),
            products: pool,
        }
    }
}

impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        accounts(&state.products)
    }
}

impl FromRef<AppState> for OrderDesk {
    fn from_ref(state: &AppState) -> Self {
        order_desk(&state.products)
    }
}

fn accounts(pool: &SqlitePool) -> Accounts {
    Accounts::new(Arc::new(SqliteUsers::new(pool.clone())), Arc::new(RandomIds))
}

fn order_desk(pool: &SqlitePool) -> OrderDesk {
    OrderDesk::new(
        Arc::new(SqliteUsers::new(pool.clone())),
        Arc::new(SqliteOrders::new(pool.clone())),
        Arc::new(SqliteCatalogue::new(pool.clone())),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    )
}
// ANCHOR_END: wiring

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}
