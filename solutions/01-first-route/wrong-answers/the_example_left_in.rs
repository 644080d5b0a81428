// Caught by: health::a_path_that_nobody_registered_is_404::case_6_the_route_of_the_example
//! The order desk, chapter 1: one route.

use axum::{Json, Router, routing::get};
use serde::Serialize;

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new().route("/version", get(health)).route("/health", get(health))
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}
