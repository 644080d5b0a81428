//! The order desk, chapter 1: one route.

use axum::{Json, Router, routing::get};
use serde::Serialize;

// ANCHOR: app
/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new().route("/health", get(health))
}
// ANCHOR_END: app

// ANCHOR: health
/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}
// ANCHOR_END: health
