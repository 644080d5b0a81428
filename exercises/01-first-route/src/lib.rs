//! The order desk, chapter 1: one route.

use axum::{Json, Router};
use serde::Serialize;

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    todo!("return a Router that hands GET /health to the function `health`")
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

/// Says that the service is up.
pub async fn health() -> Json<Health> {
    todo!("answer with a Health whose status is \"up\"")
}
