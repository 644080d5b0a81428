// Caught by: state::two_apps_side_by_side_share_no_users
// Replaces: src/http/state.rs
//! What the service shares between requests.

use std::sync::OnceLock;

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

// ANCHOR: container
/// The parts of the service. Whoever needs one takes it from here.
static PARTS: OnceLock<AppState> = OnceLock::new();

impl AppState {
    fn parts(&self) -> &'static Self {
        PARTS.get_or_init(|| self.clone())
    }
}
// ANCHOR_END: container

impl FromRef<AppState> for Accounts {
    fn from_ref(state: &AppState) -> Self {
        state.parts().accounts.clone()
    }
}

impl FromRef<AppState> for OrderDesk {
    fn from_ref(state: &AppState) -> Self {
        state.parts().order_desk.clone()
    }
}

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}
