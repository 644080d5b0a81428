//! What the service shares between requests.

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::application::{Accounts, OrderDesk};

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

// ANCHOR: part
impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        state.accounts.clone()
    }
}
// ANCHOR_END: part

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
