// Caught by: state::two_apps_side_by_side_share_no_orders
// Replaces: src/http/state.rs
//! What the service shares between requests.

use std::cell::OnceCell;

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::application::{Accounts, OrderDesk};
/// What the handlers work with. Whoever builds it decides what is behind it.
#[derive(Debug, Clone)]
pub struct AppState {
    pub accounts: Accounts,
    pub order_desk: OrderDesk,
    /// For the products, which stay plain CRUD.
    pub products: SqlitePool,
}
impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        state.accounts.clone()
    }
}

impl FromRef<AppState> for OrderDesk {
    fn from_ref(state: &AppState) -> Self {
        thread_local! {
            static DESK: OnceCell<OrderDesk> = const { OnceCell::new() };
        }
        DESK.with(|desk| desk.get_or_init(|| state.order_desk.clone()).clone())
    }
}

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}
