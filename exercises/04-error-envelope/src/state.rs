//! What the service shares between requests.

use axum::extract::FromRef;

use crate::{products::ProductStore, users::UserStore};

// ANCHOR: state
/// Everything that the service shares between requests. A clone shares it too.
#[derive(Debug, Clone, Default)]
pub struct AppState {
    pub products: ProductStore,
    pub users: UserStore,
}

impl FromRef<AppState> for ProductStore {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}

impl FromRef<AppState> for UserStore {
    fn from_ref(state: &AppState) -> Self {
        state.users.clone()
    }
}
// ANCHOR_END: state
