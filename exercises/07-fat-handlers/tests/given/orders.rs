//! Customers order, in the web shop, by telephone, and the same again.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::json;
use testkit::{get, post, send};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    fixtures::{
        offer, order, orders_of, path, place, post_nothing, sign_up, stocked,
        take_away,
    },
    service::{Scratch, app, app_on},
};

// ANCHOR: placed
#[tokio::test]
async fn placed_order_shows_items_and_total() {
    let (app, ada) = stocked(app()).await;

    let body = order(&ada, &[("tea", 2), ("mate", 1)]);
    let placed = send(&app, post("/orders", &body)).await;

    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    assert_eq!(placed.header(header::LOCATION), path(&placed.json()));
    assert_eq!(placed.json()["customer_id"], ada, "the user who orders");
    assert_json_snapshot!(placed.json(), {
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
      "total_cents": 1500
    }
    "#);
}
// ANCHOR_END: placed

#[tokio::test]
async fn telephone_order_shows_items_and_total() {
    let (app, ada) = stocked(app()).await;

    let body = order(&ada, &[("tea", 2), ("mate", 1)]);
    let placed = send(&app, post("/staff/orders", &body)).await;

    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    assert_eq!(placed.header(header::LOCATION), path(&placed.json()));
    assert_eq!(placed.json()["customer_id"], ada, "the user who orders");
    assert_json_snapshot!(placed.json(), {
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
      "total_cents": 1500
    }
    "#);
}

#[tokio::test]
async fn items_stay_in_sent_order() {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.backwards())).await;
    let sent = [("tea", 3), ("mate", 1), ("tea", 2)];

    let placed = place(&app, &ada, &sent).await;

    let read = send(&app, get(&path(&placed))).await.json();
    let again = send(&app, post_nothing(path(&placed) + "/repeat")).await.json();
    for order in [placed, read, again] {
        let items = order["items"].as_array().expect("items");
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                (item["sku"].as_str().unwrap(), item["quantity"].as_i64().unwrap())
            })
            .collect();
        assert_eq!(items, sent, "the same sku twice stays two lines: {order}");
    }
}

// ANCHOR: about_now
#[tokio::test]
async fn order_id_is_uuid_v7_and_time_is_utc() {
    let (app, ada) = stocked(app()).await;
    let before = OffsetDateTime::now_utc();

    let order = place(&app, &ada, &[("tea", 1)]).await;

    let id: Uuid =
        order["id"].as_str().unwrap_or_default().parse().expect("a UUID");
    assert_eq!(id.get_version_num(), 7, "ids in the order in which they were made");
    let time = order["submitted_at"].as_str().unwrap_or_default();
    assert!(time.ends_with('Z'), "{time} is in UTC");
    let time =
        OffsetDateTime::parse(time, &Rfc3339).expect("a time as RFC 3339 has it");
    assert!(
        (before - Duration::SECOND..=OffsetDateTime::now_utc()).contains(&time),
        "{time}"
    );
}
// ANCHOR_END: about_now

// ANCHOR: copies
#[tokio::test]
async fn later_price_does_not_change_order() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2), ("mate", 1)]).await;

    take_away(&app, "tea").await;
    offer(&app, "tea", "Tea, finest", 900).await;
    take_away(&app, "mate").await;

    assert_eq!(
        send(&app, get(&path(&placed))).await.json(),
        placed,
        "name and price are those at the time of ordering"
    );
}
// ANCHOR_END: copies

#[tokio::test]
async fn order_list_is_newest_first() {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.backwards())).await;
    let bo = sign_up(&app, "Bo").await;
    let first = place(&app, &ada, &[("tea", 1)]).await;
    let of_bo = place(&app, &bo, &[("tea", 2)]).await;
    let second = place(&app, &ada, &[("mate", 3), ("tea", 1)]).await;
    let third = place(&app, &ada, &[("tea", 1)]).await;

    assert_eq!(orders_of(&app, &ada).await, json!([third, second, first]));
    assert_eq!(orders_of(&app, &bo).await, json!([of_bo]));
}

// ANCHOR: refused
#[rstest]
#[case::nothing_to_order(&[], "items", "is empty")]
#[case::none_of_it(&[("tea", 0)], "quantity", "is not between 1 and 1000")]
#[case::less_than_none(&[("mate", 1), ("tea", -1)], "quantity", "is not between 1 and 1000")]
#[case::more_than_there_is(&[("tea", 1001)], "quantity", "is not between 1 and 1000")]
#[case::what_is_not_sold(&[("tea", 1), ("cocoa", 1)], "sku", "names no product")]
#[tokio::test]
async fn invalid_order_is_422(
    #[case] items: &[(&str, i64)],
    #[case] field: &str,
    #[case] problem: &str,
) {
    let (app, ada) = stocked(app()).await;

    for route in ["/orders", "/staff/orders"] {
        let refused = send(&app, post(route, &order(&ada, items))).await;

        assert_eq!(
            refused.json(),
            json!({
                "type": "about:blank",
                "title": "Unprocessable Entity",
                "status": 422,
                "detail": format!("`{field}` {problem}"),
                "field": field,
            }),
            "{route}"
        );
    }
    assert_eq!(orders_of(&app, &ada).await, json!([]), "all of it or nothing");
}
// ANCHOR_END: refused

#[rstest]
#[case::one(1)]
#[case::a_thousand(1000)]
#[tokio::test]
async fn quantity_of_1_to_1000_is_accepted(#[case] quantity: i64) {
    let (app, ada) = stocked(app()).await;

    for route in ["/orders", "/staff/orders"] {
        let body = order(&ada, &[("tea", quantity)]);
        let placed = send(&app, post(route, &body)).await;

        assert_eq!(
            (placed.status, &placed.json()["total_cents"]),
            (StatusCode::CREATED, &json!(quantity * 400)),
            "{route}"
        );
    }
}

#[rstest]
#[case::read(get("/orders/none"), "order")]
#[case::cancelled(post_nothing("/orders/none/cancel"), "order")]
#[case::repeated(post_nothing("/orders/none/repeat"), "order")]
#[case::of_nobody(get("/users/nobody/orders"), "user")]
#[tokio::test]
async fn unknown_order_or_user_is_404(
    #[case] request: Request<Body>,
    #[case] what: &str,
) {
    let answer = send(&app(), request).await;

    assert_eq!(
        (answer.status, &answer.json()["detail"]),
        (StatusCode::NOT_FOUND, &json!(format!("There is no such {what}")))
    );
}
