//! What the service shares between requests.

use std::sync::Arc;

use axum::extract::FromRef;

use crate::application::{Accounts, OrderDesk, ports::ProductStore};

// ANCHOR: state
/// What the handlers work with. Whoever builds it decides what is behind it.
#[derive(Debug, Clone)]
pub struct AppState {
    pub accounts: Accounts,
    pub order_desk: OrderDesk,
    pub products: Arc<dyn ProductStore>,
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

impl FromRef<AppState> for Arc<dyn ProductStore> {
    fn from_ref(state: &AppState) -> Self {
        Arc::clone(&state.products)
    }
}
