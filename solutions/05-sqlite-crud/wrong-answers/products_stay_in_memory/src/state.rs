//! What the service shares between requests.

use axum::extract::FromRef;
use sqlx::SqlitePool;

use crate::products::ProductStore;

/// Everything that the service shares between requests. A clone shares it too.
#[derive(Debug, Clone)]
pub struct AppState {
    pool: SqlitePool,
    products: ProductStore,
}

impl AppState {
    /// A state that keeps everything in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool, products: ProductStore::default() }
    }
}

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.pool.clone()
    }
}

impl FromRef<AppState> for ProductStore {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}
