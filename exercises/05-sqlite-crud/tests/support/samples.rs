//! Products for the catalogue.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{post, send};

use crate::service::app_on;

pub fn tea() -> Value {
    json!({ "sku": "tea", "name": "Assam, after all", "price_cents": 400 })
}

pub fn mate() -> Value {
    json!({ "sku": "yerba", "name": "Mate", "price_cents": 700 })
}

/// The service on this pool, with tea in its catalogue.
pub async fn desk_with_tea(pool: &SqlitePool) -> Router {
    let desk = app_on(pool.clone());
    send(&desk, post("/products", &tea())).await;
    desk
}
