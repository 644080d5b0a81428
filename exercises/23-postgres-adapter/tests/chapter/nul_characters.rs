//! U+0000: SQLite keeps it and PostgreSQL does not, so nobody gets it in.

use axum::{Router, http::StatusCode};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::json;
use testkit::{get, patch, post, send};

use crate::{
    composition::on_postgres,
    fixtures::{order, sign_up},
    postgres::Postgres,
    service::app,
};

const NUL: &str = "A\0da";

/// Holds what this service answers to texts with U+0000 in them.
async fn assert_refused(app: Router) {
    let ada = sign_up(&app, "Ada").await;
    let user = format!("/users/{ada}");
    let cursor = json!(["products by name, 1", "", NUL]).to_string();
    let cursor = BASE64_URL_SAFE_NO_PAD.encode(cursor);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let new_user = json!({ "email": "bo@beans.example", "name": NUL });
    let new_address = json!({ "email": "b\0@beans.example", "name": "Bo" });
    let new_sku = json!({ "sku": NUL, "name": "Tea", "price_cents": 400 });
    let new_product = json!({ "sku": "tea", "name": NUL, "price_cents": 400 });
    for (request, status) in [
        (post("/users", &new_user), wrong),
        (post("/users", &new_address), wrong),
        (patch(&user, &json!({ "name": NUL })), wrong),
        (patch(&user, &json!({ "phone": NUL })), wrong),
        (post("/products", &new_sku), wrong),
        (post("/products", &new_product), wrong),
        (post("/orders", &order(&ada, &[(NUL, 1)])), wrong),
        (get("/products/A%00da"), StatusCode::BAD_REQUEST),
        (get(&format!("/products?after={cursor}")), StatusCode::BAD_REQUEST),
        (get("/staff/users?email=%00@beans.example"), StatusCode::NOT_FOUND),
        (get("/users/%00"), StatusCode::NOT_FOUND),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(&app, request).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
    }
}

// ANCHOR: nul
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn text_with_u0000_is_refused_on_both_databases() {
    assert_refused(app()).await;

    let postgres = Postgres::empty().await;
    let on_postgres = on_postgres(postgres.pool().clone());
    assert_refused(crate::desk::app(on_postgres)).await;
}
// ANCHOR_END: nul
