//! What is behind the order desk is handed in, so it can be something else.

use std::sync::Arc;

use crate::desk::{
    AppState,
    adapters::{
        in_memory::{InMemoryOrders, InMemoryUsers},
        sqlite::{self, SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::RandomIds,
    },
    app,
    application::{Accounts, OrderDesk},
};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{Log, get, patch, post, request, send};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    desk_in_memory::catalogue_with_tea,
    fakes::Broken,
    fixed::{Counted, RunningClock, StoppedClock},
    fixtures::{order, path, place, post_nothing, stocked},
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
async fn order_desk_works_on_other_adapters() {
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
async fn clock_alone_can_be_replaced() {
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

// ANCHOR: program
#[tokio::test]
async fn program_uses_the_clock_of_the_machine_and_random_ids() {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app(state_on(scratch.pool()))).await;
    let about_now = OffsetDateTime::now_utc().truncate_to_microsecond();

    let placed = place(&app, &ada, &[("tea", 1)]).await;

    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let submitted = text(&placed["submitted_at"]);
    let at = OffsetDateTime::parse(&submitted, &Rfc3339).expect("a time");
    assert!(
        at >= about_now,
        "the clock is read when the order is placed, at {about_now} or later: {submitted}"
    );
    for (what, id) in [("the user", ada), ("the order", text(&placed["id"]))] {
        let id: Uuid = id.parse().expect("an id");
        assert_eq!(
            id.get_version_num(),
            7,
            "RandomIds give the id of {what}: {id}"
        );
    }
}
// ANCHOR_END: program

#[tokio::test]
async fn program_keeps_all_digits_of_the_clock() {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app(state_on(scratch.pool()))).await;

    let mut submitted = Vec::new();
    for _ in 0..10 {
        let placed = place(&app, &ada, &[("tea", 1)]).await;
        submitted.push(placed["submitted_at"].as_str().expect("a time").to_owned());
    }

    // One of a thousand times has no digit below the thousandths: ten of ten have none where they are cut off.
    let in_thousandths = |text: &String| {
        OffsetDateTime::parse(text, &Rfc3339)
            .expect("a time")
            .microsecond()
            .is_multiple_of(1000)
    };
    assert!(!submitted.iter().all(in_thousandths), "cut off: {submitted:?}");
}

// ANCHOR: database
#[tokio::test]
async fn two_programs_on_one_database_see_the_same() {
    let scratch = Scratch::new();
    let (first, ada) = stocked(app(state_on(scratch.pool()))).await;
    let second = app(state_on(scratch.pool()));
    let user = format!("/users/{ada}");
    let placed = path(&place(&first, &ada, &[("tea", 1)]).await);
    for app in [&first, &second] {
        assert_eq!(send(app, get(&user)).await.json()["name"], "Ada");
        assert_eq!(send(app, get(&placed)).await.json()["status"], "submitted");
    }

    send(&second, patch(&user, &json!({ "name": "Ada L." }))).await;
    send(&second, post_nothing(format!("{placed}/cancel"))).await;

    for app in [&first, &second] {
        assert_eq!(send(app, get(&user)).await.json()["name"], "Ada L.");
        assert_eq!(send(app, get(&placed)).await.json()["status"], "cancelled");
    }
}
// ANCHOR_END: database

// ANCHOR: broken
/// A service whose users, orders and products all fail, and how each of them says so.
async fn broken(scratch: &Scratch) -> Router {
    let products = empty_database(scratch);
    products.close().await;
    let ids = Arc::new(Counted::default());
    app(AppState {
        accounts: Accounts::new(Arc::new(Broken), ids.clone()),
        order_desk: OrderDesk::new(
            Arc::new(Broken),
            Arc::new(Broken),
            Arc::new(Broken),
            Arc::new(StoppedClock),
            ids,
        ),
        products: products_on(products),
    })
}

const USER: &str = "/users/01a20add-41fd-77b4-9a14-b73987763797";
const STAFF: &str = "/staff/users/01a20add-41fd-77b4-9a14-b73987763797";
const ORDER: &str = "/orders/01a20add-4264-76c5-b3a7-83fd3964575d";

#[rstest]
#[case::user_is_registered(post("/users", &ada()), "the disk is full")]
#[case::user_is_read(get(USER), "the disk is full")]
#[case::user_is_changed(patch(USER, &json!({ "name": "Ada L." })), "the disk is full")]
#[case::staff_reads_user(get(STAFF), "the disk is full")]
#[case::staff_deactivates_user(post_nothing(format!("{STAFF}/deactivate")), "the disk is full")]
#[case::order_is_placed(post("/orders", &order(&USER[7..], &[("tea", 2)])), "the disk is full")]
#[case::staff_places_order(post("/staff/orders", &order(&USER[7..], &[("tea", 2)])), "the disk is full")]
#[case::order_is_read(get(ORDER), "the disk is full")]
#[case::order_is_repeated(post_nothing(format!("{ORDER}/repeat")), "the disk is full")]
#[case::order_is_cancelled(post_nothing(format!("{ORDER}/cancel")), "the disk is full")]
#[case::orders_are_listed(get(&format!("{USER}/orders")), "the disk is full")]
#[case::product_is_created(post("/products", &json!({ "sku": "tea", "name": "Tea", "price_cents": 400 })), "closed pool")]
#[case::products_are_listed(get("/products"), "closed pool")]
#[case::product_is_read(get("/products/tea"), "closed pool")]
#[case::product_is_deleted(request(Method::DELETE, "/products/tea"), "closed pool")]
#[tokio::test]
async fn failure_of_a_part_is_500_with_its_cause_in_the_log(
    #[case] request: Request<Body>,
    #[case] cause: &str,
) {
    let app = broken(&Scratch::new()).await;
    let log = Log::listen();

    let answer = send(&app, request).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    let told = format!("{:?} {}", answer.headers, answer.body);
    assert!(!told.contains(cause), "the client is not told the cause: {told}");
    let log = log.text();
    let lines = log.lines().filter(|line| line.contains(cause)).count();
    assert_eq!(lines, 1, "one line of the log says {cause:?}:\n{log}");
}
// ANCHOR_END: broken
