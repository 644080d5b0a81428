//! Who signs up.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;
use serde_json::{Value, json};
use testkit::{get, post, send};

/// Signs a user up and returns its path.
pub async fn sign_up(app: &Router, body: Value) -> String {
    let answer = send(app, post("/users", &body)).await;
    let id = answer.json()["id"].as_str().expect("a new user has an id").to_owned();
    format!("/users/{id}")
}

/// The user at this path, as the staff sees it.
pub async fn seen_by_staff(app: &Router, path: &str) -> Value {
    send(app, get(&format!("/staff{path}"))).await.json()
}

pub fn ada() -> Value {
    json!({ "email": "ada@beans.example", "name": "Ada", "phone": "+44 20 7946 0000" })
}
