//! What is behind the order desk is handed in, so it can be something else.

use std::sync::Arc;

use crate::desk::{
    AppState,
    adapters::{
        in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
        sqlite::{self, SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::RandomIds,
    },
    app,
    application::{Accounts, OrderDesk},
};
use axum::http::StatusCode;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{Log, get, post, send};

use crate::{
    desk_in_memory::catalogue_with_tea,
    fakes::Broken,
    fixed::{Counted, RunningClock, StoppedClock},
    fixtures::{order, path, place, stocked},
    service::Scratch,
    wiring::{products_on, state_on},
};

fn ada() -> Value {
    json!({ "email": "ada@beans.example", "name": "Ada" })
}

/// A database without tables. It is for the products; whoever looks for anything else
/// in there finds nothing.
fn empty_database(scratch: &Scratch) -> SqlitePool {
    sqlite::pool(sqlite::options(&scratch.0.path().join("empty.db")))
}

// ANCHOR: in_memory
/// The order desk in memory, at half past nine. Ids are given from 1 on.
fn in_memory(products: SqlitePool) -> AppState {
    let users = Arc::new(InMemoryUsers::default());
    let orders = Arc::new(InMemoryOrders::default());
    let catalogue = catalogue_with_tea();
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(users, orders, catalogue, clock, ids),
        products: products_on(products),
    }
}
// ANCHOR_END: in_memory

// ANCHOR: swapped
#[tokio::test]
async fn with_other_adapters_it_is_the_same_order_desk() {
    let scratch = Scratch::new();
    let app = app(in_memory(empty_database(&scratch)));

    let ada = send(&app, post("/users", &ada())).await;
    assert_eq!(ada.status, StatusCode::CREATED, "{}", ada.body);
    let ada = ada.json()["id"].as_str().expect("an id").to_owned();
    let placed = send(&app, post("/orders", &order(&ada, &[("tea", 2)]))).await;

    assert_json_snapshot!(placed.json(), @r#"
    {
      "customer_id": "00000000-0000-0000-0000-000000000001",
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
}
// ANCHOR_END: swapped

// ANCHOR: clock
/// The order desk as the program has it, but for its clock.
fn on_sqlite_at_noon(pool: SqlitePool) -> AppState {
    let users = Arc::new(SqliteUsers::new(pool.clone()));
    let orders = Arc::new(SqliteOrders::new(pool.clone()));
    let catalogue = Arc::new(SqliteCatalogue::new(pool.clone()));
    let (clock, ids) = (Arc::new(RunningClock::default()), Arc::new(RandomIds));
    AppState {
        order_desk: OrderDesk::new(users, orders, catalogue, clock, ids),
        ..state_on(pool)
    }
}

#[tokio::test]
async fn one_adapter_is_another_and_the_rest_is_as_the_program_has_it() {
    let scratch = Scratch::new();
    let (app_at_noon, ada) = stocked(app(on_sqlite_at_noon(scratch.pool()))).await;

    let placed = place(&app_at_noon, &ada, &[("tea", 1)]).await;

    assert_eq!(placed["submitted_at"], "2026-11-25T12:00:00Z", "by that clock");
    let later = app(state_on(scratch.pool()));
    assert_eq!(
        send(&later, get(&path(&placed))).await.json(),
        placed,
        "and the program finds it in its database"
    );
}
// ANCHOR_END: clock

// ANCHOR: broken
#[tokio::test]
async fn an_adapter_that_fails_is_a_500_whose_cause_is_for_the_log() {
    let scratch = Scratch::new();
    let (users, ids) = (Arc::new(Broken), Arc::new(Counted::default()));
    let app = app(AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(
            users,
            Arc::new(InMemoryOrders::default()),
            Arc::new(InMemoryCatalogue::default()),
            Arc::new(StoppedClock),
            ids,
        ),
        products: products_on(empty_database(&scratch)),
    });
    let id = "00000000-0000-0000-0000-000000000001";

    for request in [
        post("/users", &ada()),
        get(&format!("/users/{id}")),
        post("/orders", &order(id, &[("tea", 2)])),
        get(&format!("/users/{id}/orders")),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let log = Log::listen();
        let answer = send(&app, request).await;

        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
        assert!(!answer.body.contains("disk"), "{what}: {}", answer.body);
        assert!(log.text().contains("the disk is full"), "{what}: {}", log.text());
    }
}
// ANCHOR_END: broken
