// Caught by: structure::http_and_adapters_meet_in_main_alone
// Replaces: src/http/state.rs
//! What the service shares between requests.

use std::{env, sync::Arc};

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::{
    adapters::{
        in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
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

// ANCHOR: environment
impl AppState {
    /// The same in memory, where the environment says so: for tests.
    #[must_use]
    pub fn or_in_memory(self) -> Self {
        if env::var("ORDER_DESK").as_deref() != Ok("in memory") {
            return self;
        }
        let users = Arc::new(InMemoryUsers::default());
        let orders = Arc::new(InMemoryOrders::default());
        let catalogue = Arc::new(InMemoryCatalogue::default());
        let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
        Self {
            accounts: Accounts::new(users.clone(), ids.clone()),
            order_desk: OrderDesk::new(users, orders, catalogue, clock, ids),
            ..self
        }
    }
}
// ANCHOR_END: environment

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
