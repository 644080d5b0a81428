// Caught by: swap::an_adapter_that_fails_is_a_500_whose_cause_is_for_the_log, structure::http_and_adapters_meet_in_main_alone
// Replaces: src/http/state.rs
//! What the service shares between requests.

use std::sync::Arc;

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::{
    adapters::{sqlite::SqliteUsers, system::RandomIds},
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

impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        Self::new(
            Arc::new(SqliteUsers::new(state.products.clone())),
            Arc::new(RandomIds),
        )
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
