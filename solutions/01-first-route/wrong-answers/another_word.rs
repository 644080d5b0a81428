// Caught by: health::health_says_in_json_that_the_service_is_up
//! The order desk, chapter 1: one route.

use axum::{Json, Router, routing::get};
use serde::Serialize;

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new().route("/health", get(health))
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
