//! Health: is the service up?

use axum::{Json, Router, routing::get};
use serde::Serialize;

/// The routes of this feature. It needs no state, so any will do.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new().route("/health", get(health))
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}
