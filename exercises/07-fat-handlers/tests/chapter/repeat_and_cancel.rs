//! The same order again, and an order that is taken back.

use axum::http::{StatusCode, header};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::json;
use testkit::{get, send};

use crate::{
    fixtures::{offer, orders_of, path, place, post_nothing, stocked, take_away},
    service::app,
};

// ANCHOR: repeated
#[tokio::test]
async fn repeated_order_costs_todays_price() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2), ("mate", 1)]).await;
    take_away(&app, "tea").await;
    offer(&app, "tea", "Tea, finest", 900).await;

    let again = send(&app, post_nothing(path(&placed) + "/repeat")).await;

    assert_eq!(again.status, StatusCode::CREATED, "{}", again.body);
    assert_eq!(again.header(header::LOCATION), path(&again.json()));
    assert_ne!(again.json()["id"], placed["id"], "it is an order of its own");
    assert_eq!(again.json()["customer_id"], ada, "of the same customer");
    assert_json_snapshot!(again.json(), {
        ".id" => "[id]", ".customer_id" => "[id of Ada]", ".submitted_at" => "[time]"
    }, @r#"
    {
      "customer_id": "[id of Ada]",
      "id": "[id]",
      "items": [
        {
          "name": "Tea, finest",
          "quantity": 2,
          "sku": "tea",
          "subtotal_cents": 1800,
          "unit_price_cents": 900
        },
        {
          "name": "Mate",
          "quantity": 1,
          "sku": "mate",
          "subtotal_cents": 700,
          "unit_price_cents": 700
        }
      ],
      "status": "submitted",
      "submitted_at": "[time]",
      "total_cents": 2500
    }
    "#);
    assert_eq!(
        orders_of(&app, &ada).await,
        json!([again.json(), placed]),
        "the new order, and the first as it was"
    );
}
// ANCHOR_END: repeated

#[rstest]
#[case::mate("mate")]
#[case::tea("tea")]
#[tokio::test]
async fn repeat_of_deleted_product_is_409(#[case] gone: &str) {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2), ("mate", 1)]).await;
    take_away(&app, gone).await;

    let again = send(&app, post_nothing(path(&placed) + "/repeat")).await;

    assert_eq!(
        again.json(),
        json!({
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "detail": format!("There is no product {gone} any more"),
        })
    );
    assert_eq!(
        orders_of(&app, &ada).await,
        json!([placed]),
        "no half of it either"
    );
}

// ANCHOR: cancelled
#[tokio::test]
async fn cancelled_order_keeps_items() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;

    let cancelled = send(&app, post_nothing(path(&placed) + "/cancel")).await;

    assert_eq!(cancelled.status, StatusCode::OK, "{}", cancelled.body);
    assert_json_snapshot!(cancelled.json(), {
        ".id" => "[id]", ".customer_id" => "[id of Ada]", ".submitted_at" => "[time]"
    }, @r#"
    {
      "customer_id": "[id of Ada]",
      "id": "[id]",
      "items": [
        {
          "name": "Tea, after all",
          "quantity": 2,
          "sku": "tea",
          "subtotal_cents": 800,
          "unit_price_cents": 400
        }
      ],
      "status": "cancelled",
      "submitted_at": "[time]",
      "total_cents": 800
    }
    "#);
    assert_eq!(send(&app, get(&path(&placed))).await.json(), cancelled.json());
}
// ANCHOR_END: cancelled

#[tokio::test]
async fn cancelling_an_order_leaves_the_others() {
    let (app, ada) = stocked(app()).await;
    let first = place(&app, &ada, &[("tea", 1)]).await;
    let second = place(&app, &ada, &[("tea", 2)]).await;
    let third = place(&app, &ada, &[("tea", 3)]).await;

    let cancelled = send(&app, post_nothing(path(&second) + "/cancel")).await;

    assert_eq!(
        orders_of(&app, &ada).await,
        json!([third, cancelled.json(), first])
    );
}

#[tokio::test]
async fn cancelling_twice_is_409() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;
    let once = send(&app, post_nothing(path(&placed) + "/cancel")).await;

    let again = send(&app, post_nothing(path(&placed) + "/cancel")).await;

    assert_json_snapshot!(again.json(), @r#"
    {
      "detail": "The order is cancelled already",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    assert_eq!(orders_of(&app, &ada).await, json!([once.json()]));
}

#[tokio::test]
async fn cancelled_order_can_be_repeated() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;
    send(&app, post_nothing(path(&placed) + "/cancel")).await;

    let again = send(&app, post_nothing(path(&placed) + "/repeat")).await;

    assert_eq!(
        (again.status, &again.json()["status"]),
        (StatusCode::CREATED, &json!("submitted"))
    );
}
