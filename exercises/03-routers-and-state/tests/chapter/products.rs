//! The roastery keeps its catalogue.

use axum::http::{StatusCode, header};
use rstest::rstest;
use serde_json::{Value, json};
use testkit::{get, post, send};

use crate::{beans::yirgacheffe, service::app};

#[tokio::test]
async fn created_product_is_201_with_location() {
    let app = app();

    let created = send(&app, post("/products", &yirgacheffe())).await;

    assert_eq!(
        (created.status, created.json()),
        (StatusCode::CREATED, yirgacheffe())
    );
    assert_eq!(created.header(header::LOCATION), "/products/yirgacheffe-250");
    assert_eq!(
        send(&app, get("/products/yirgacheffe-250")).await.json(),
        yirgacheffe()
    );
}

#[rstest]
#[case::a_blank("dark roast")]
#[case::a_slash("antigua/250")]
#[case::a_percent_sign("100%")]
#[case::a_line_break("dark\nroast")]
#[case::another_script("エチオピア")]
#[tokio::test]
async fn location_leads_to_product_with_any_sku(#[case] sku: &str) {
    let app = app();
    let product = json!({ "sku": sku, "name": "House blend", "price_cents": 990 });

    let created = send(&app, post("/products", &product)).await;

    assert_eq!(
        (created.status, created.json()),
        (StatusCode::CREATED, product.clone())
    );
    let location = created.header(header::LOCATION);
    assert_eq!(send(&app, get(location)).await.json(), product, "at {location}");
}

#[tokio::test]
async fn duplicate_sku_is_409() {
    let app = app();
    send(&app, post("/products", &yirgacheffe())).await;

    let mut other = yirgacheffe();
    other["name"] = json!("Another one");
    other["price_cents"] = json!(1);
    let again = send(&app, post("/products", &other)).await;

    assert_eq!(
        again.status,
        StatusCode::CONFLICT,
        "the sku belongs to a product already"
    );
    assert_eq!(
        send(&app, get("/products/yirgacheffe-250")).await.json(),
        yirgacheffe(),
        "the first product is as it was"
    );
}

#[rstest]
#[case::a_free_product(json!({ "sku": "x", "name": "x", "price_cents": 0 }))]
#[case::white_space(json!({ "sku": " ", "name": " ", "price_cents": 1 }))]
#[tokio::test]
async fn valid_new_product_is_201(#[case] body: Value) {
    let app = app();

    let created = send(&app, post("/products", &body)).await;

    assert_eq!((created.status, created.json()), (StatusCode::CREATED, body));
}

#[rstest]
#[case::an_empty_sku(json!({ "sku": "", "name": "x", "price_cents": 1 }))]
#[case::an_empty_name(json!({ "sku": "x", "name": "", "price_cents": 1 }))]
#[case::a_negative_price(json!({ "sku": "x", "name": "x", "price_cents": -1 }))]
#[case::no_price(json!({ "sku": "x", "name": "x" }))]
#[tokio::test]
async fn invalid_new_product_is_422(#[case] body: Value) {
    let app = app();

    let answer = send(&app, post("/products", &body)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {body}");
}

#[tokio::test]
async fn unknown_product_is_404() {
    let app = app();

    assert_eq!(
        send(&app, get("/products/tea")).await.status,
        StatusCode::NOT_FOUND,
        "we sell no tea"
    );
}
