//! What the service shares between requests.

use axum::extract::FromRef;
use sqlx::SqlitePool;

// ANCHOR: state
/// Everything that the service shares between requests. A clone shares it too.
#[derive(Debug, Clone)]
pub struct AppState {
    pool: SqlitePool,
}

impl AppState {
    /// A state that keeps everything in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

impl FromRef<AppState> for SqlitePool {
    fn from_ref(state: &AppState) -> Self {
        state.pool.clone()
    }
}
// ANCHOR_END: state
