//! What clients see, to the last character: ids and times are no exception any more.

use std::sync::Arc;

use crate::desk::{
    adapters::in_memory::{InMemoryOrders, InMemoryUsers},
    application::{Accounts, OrderDesk, ports::UserRepository},
    domain::{Name, User, UserId},
    http::{orders, users},
};
use axum::{Router, http::header};
use insta::assert_json_snapshot;
use serde_json::json;
use testkit::{get, post, send};
use uuid::Uuid;

use crate::{
    desk_in_memory::catalogue_with_tea,
    fixed::{Counted, StoppedClock},
    fixtures::{order, path, place, post_nothing},
};

// ANCHOR: app
const ADA: &str = "00000000-0000-0000-0000-000000000ada";

/// Users and orders in memory, Ada among them. It is half past nine, and ids are given from 1 on.
async fn app() -> Router {
    let users = Arc::new(InMemoryUsers::default());
    users.insert(&ada()).await.expect("nobody else has her id");
    let orders = Arc::new(InMemoryOrders::default());
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));

    let accounts = Accounts::new(users.clone(), ids.clone());
    let desk = OrderDesk::new(users, orders, catalogue_with_tea(), clock, ids);
    users::router().with_state(accounts).merge(orders::router().with_state(desk))
}
// ANCHOR_END: app

fn ada() -> User {
    User::register(
        UserId::new(Uuid::from_u128(0xada)),
        "ada@beans.example".parse().expect("an e-mail address"),
        Name::new("Ada").expect("a name"),
        None,
    )
}

// ANCHOR: registered
#[tokio::test]
async fn registered_user_is_exact() {
    let body = json!({ "email": "bo@beans.example", "name": "Bo" });
    let bo = send(&app().await, post("/users", &body)).await;

    assert_json_snapshot!(bo.json(), @r#"
    {
      "email": "bo@beans.example",
      "id": "00000000-0000-0000-0000-000000000001",
      "name": "Bo",
      "phone": null
    }
    "#);
    let location = "/users/00000000-0000-0000-0000-000000000001";
    assert_eq!(bo.header(header::LOCATION), location);
}
// ANCHOR_END: registered

// ANCHOR: placed
#[tokio::test]
async fn placed_order_is_exact() {
    let app = app().await;

    let placed = send(&app, post("/orders", &order(ADA, &[("tea", 2)]))).await;

    assert_json_snapshot!(placed.json(), @r#"
    {
      "customer_id": "00000000-0000-0000-0000-000000000ada",
      "id": "00000000-0000-0000-0000-000000000001",
      "items": [
        {
          "name": "Tea, after all",
          "quantity": 2,
          "sku": "tea",
          "subtotal_cents": 800,
          "unit_price_cents": 400
        }
      ],
      "status": "submitted",
      "submitted_at": "2026-11-24T09:30:00.123456Z",
      "total_cents": 800
    }
    "#);
    let location = "/orders/00000000-0000-0000-0000-000000000001";
    assert_eq!(placed.header(header::LOCATION), location);
}
// ANCHOR_END: placed

#[tokio::test]
async fn repeated_order_is_exact() {
    let app = app().await;
    let placed = place(&app, ADA, &[("tea", 2)]).await;

    let again = send(&app, post_nothing(path(&placed) + "/repeat")).await;

    assert_json_snapshot!(again.json(), @r#"
    {
      "customer_id": "00000000-0000-0000-0000-000000000ada",
      "id": "00000000-0000-0000-0000-000000000002",
      "items": [
        {
          "name": "Tea, after all",
          "quantity": 2,
          "sku": "tea",
          "subtotal_cents": 800,
          "unit_price_cents": 400
        }
      ],
      "status": "submitted",
      "submitted_at": "2026-11-24T09:30:00.123456Z",
      "total_cents": 800
    }
    "#);
    let location = "/orders/00000000-0000-0000-0000-000000000002";
    assert_eq!(again.header(header::LOCATION), location);
}

#[tokio::test]
async fn cancelled_order_is_exact() {
    let app = app().await;
    let placed = place(&app, ADA, &[("tea", 2)]).await;

    let cancelled = send(&app, post_nothing(path(&placed) + "/cancel")).await;

    assert_json_snapshot!(cancelled.json(), @r#"
    {
      "customer_id": "00000000-0000-0000-0000-000000000ada",
      "id": "00000000-0000-0000-0000-000000000001",
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
      "submitted_at": "2026-11-24T09:30:00.123456Z",
      "total_cents": 800
    }
    "#);
    let read = send(&app, get(&path(&placed))).await;
    assert_eq!(read.body, cancelled.body, "it is read as it was answered");
}
