//! The list of products, in whatever shape this chapter answers it.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;
use serde_json::Value;
use testkit::{get, send};

/// All products, as `GET /products` lists them.
pub async fn catalogue(app: &Router) -> Value {
    send(app, get("/products")).await.json()
}
