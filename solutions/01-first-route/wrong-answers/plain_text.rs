// Caught by: health::health_says_in_json_that_the_service_is_up
//! The order desk, chapter 1: one route.

use axum::{Router, routing::get};

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new().route("/health", get(health))
}

async fn health() -> &'static str {
    r#"{"status":"up"}"#
}
