// Caught by: health::a_method_that_nobody_registered_is_405_and_names_the_ones_that_work
//! The order desk, chapter 1: one route.

use axum::{Json, Router, routing::any};
use serde::Serialize;

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new().route("/health", any(health))
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}
