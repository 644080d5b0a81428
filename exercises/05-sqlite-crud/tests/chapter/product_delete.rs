//! A product leaves the catalogue.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use testkit::{get, post, request, send};

use crate::{catalogue::catalogue, service::app};

fn tea() -> Value {
    json!({ "sku": "tea", "name": "Tea, after all", "price_cents": 400 })
}

fn mate() -> Value {
    json!({ "sku": "mate", "name": "Mate", "price_cents": 700 })
}

// ANCHOR: gone
#[tokio::test]
async fn deleted_product_is_gone_and_others_stay() {
    let app = app();
    send(&app, post("/products", &tea())).await;
    send(&app, post("/products", &mate())).await;

    let deleted = send(&app, request(Method::DELETE, "/products/tea")).await;

    assert_eq!(
        (deleted.status, deleted.body.as_str()),
        (StatusCode::NO_CONTENT, ""),
        "it is done, and there is nothing to show"
    );
    assert_eq!(
        send(&app, get("/products/tea")).await.status,
        StatusCode::NOT_FOUND,
        "it was deleted"
    );
    assert_eq!(catalogue(&app).await, json!([mate()]), "mate was not");
}
// ANCHOR_END: gone

// ANCHOR: nothing
#[tokio::test]
async fn deleting_unknown_sku_is_404() {
    let app = app();
    send(&app, post("/products", &tea())).await;

    send(&app, request(Method::DELETE, "/products/tea")).await;
    let again = send(&app, request(Method::DELETE, "/products/tea")).await;

    assert_eq!(
        (again.status, again.header(header::CONTENT_TYPE)),
        (StatusCode::NOT_FOUND, "application/problem+json"),
        "there is no tea any more"
    );
    assert_eq!(again.json()["detail"], "There is no such product");
}
// ANCHOR_END: nothing

#[tokio::test]
async fn deleted_sku_can_be_taken_again() {
    let app = app();
    send(&app, post("/products", &tea())).await;
    send(&app, request(Method::DELETE, "/products/tea")).await;

    let again = send(&app, post("/products", &tea())).await;

    assert_eq!(again.status, StatusCode::CREATED, "nobody has this sku");
}

#[tokio::test]
async fn allow_header_of_product_lists_delete() {
    let answer = send(&app(), request(Method::PUT, "/products/tea")).await;

    let allowed: BTreeSet<_> = answer.header(header::ALLOW).split(',').collect();
    assert_eq!(allowed, BTreeSet::from(["GET", "HEAD", "DELETE"]));
}
