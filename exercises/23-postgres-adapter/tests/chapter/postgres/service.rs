//! The whole service on PostgreSQL, as its clients see it.

use std::sync::Arc;

use crate::desk::{adapters::system::SystemClock, application::ports::Clock};
use axum::{
    Router,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use testkit::{get, post, request, send};
use tokio::sync::Barrier;

use super::{Postgres, count};
use crate::{
    composition::on_postgres,
    fixtures::{
        deactivate, offer, order, orders_of, path, place, post_nothing, sign_up,
        stocked, take_away,
    },
};

fn app(postgres: &Postgres) -> Router {
    crate::desk::app(on_postgres(postgres.pool().clone()))
}

// ANCHOR: story
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_desk_works_on_postgresql() {
    let postgres = Postgres::empty().await;
    let (app, ada) = stocked(app(&postgres)).await;

    let first = place(&app, &ada, &[("tea", 2), ("mate", 1)]).await;
    assert_eq!(first["total_cents"], 1500);
    assert_eq!(send(&app, get(&path(&first))).await.json(), first);

    let repeated = post_nothing(format!("{}/repeat", path(&first)));
    let second = send(&app, repeated).await;
    assert_eq!(second.status, StatusCode::CREATED, "{}", second.body);
    let second = second.json();
    let cancelled = post_nothing(format!("{}/cancel", path(&first)));
    let cancelled = send(&app, cancelled).await.json();
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(orders_of(&app, &ada).await, json!([second, cancelled]));

    take_away(&app, "tea").await;
    let gone = send(&app, request(Method::DELETE, "/products/tea")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&app, get(&path(&first))).await.json(), cancelled);

    send(&app, deactivate(&ada)).await;
    let refused = send(&app, post("/orders", &order(&ada, &[("mate", 1)]))).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let rows = count(postgres.pool(), "SELECT count(*) FROM orders").await;
    assert_eq!(rows, 2, "what was refused is not there");
}
// ANCHOR_END: story

// ANCHOR: answered
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn answered_time_is_the_kept_time() {
    let postgres = Postgres::empty().await;
    let (app, ada) = stocked(app(&postgres)).await;

    for _ in 0..5 {
        let placed = place(&app, &ada, &[("tea", 2)]).await;
        let read = send(&app, get(&path(&placed))).await.json();
        assert_eq!(read, placed, "to the last digit of the time");
    }
}
// ANCHOR_END: answered

// ANCHOR: clock
#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn clock_has_whole_microseconds() {
    let mut in_a_millisecond = 0;
    for _ in 0..1000 {
        let now = SystemClock.now();
        let nanosecond = now.nanosecond();
        assert!(nanosecond.is_multiple_of(1000), "as its port promises: {now}");
        in_a_millisecond += u32::from(!nanosecond.is_multiple_of(1_000_000));
    }
    assert!(in_a_millisecond > 0, "and does not round them away");
}
// ANCHOR_END: clock

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn duplicate_email_is_409_on_postgresql() {
    let postgres = Postgres::empty().await;
    let app = app(&postgres);
    sign_up(&app, "Ada").await;

    let eve = json!({ "email": "ADA@beans.example", "name": "Eve" });
    let refused = send(&app, post("/users", &eve)).await;

    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let found =
        send(&app, get("/staff/users?email=ada@beans.example")).await.json();
    assert_eq!(found["name"], "Ada");
}

// ANCHOR: race
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn concurrent_registrations_are_201_and_409() {
    let postgres = Postgres::empty().await;
    let app = app(&postgres);
    for round in 0..20 {
        let barrier = Arc::new(Barrier::new(2));
        let sign_up = |name: &str| {
            let (app, barrier) = (app.clone(), Arc::clone(&barrier));
            let email = format!("{round}@beans.example");
            let body = json!({ "email": email, "name": name });
            tokio::spawn(async move {
                barrier.wait().await;
                send(&app, post("/users", &body)).await.status.as_u16()
            })
        };
        let (ada, eve) = (sign_up("Ada"), sign_up("Eve"));
        let mut statuses = [ada.await.unwrap(), eve.await.unwrap()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "one of them, and only one");
    }
    let users = count(postgres.pool(), "SELECT count(*) FROM users").await;
    assert_eq!(users, 20, "an account for each address");
}
// ANCHOR_END: race

// ANCHOR: pages
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn catalogue_pages_are_in_the_order_of_bytes() {
    let postgres = Postgres::empty().await;
    let app = app(&postgres);
    for (sku, name) in [
        ("1", "zebra"),
        ("2", "\u{1F375}"),
        ("3", "Zebra"),
        ("4", "エチオピア"),
        ("5", "Äpfel"),
    ] {
        offer(&app, sku, name, 400).await;
    }

    let mut names = Vec::new();
    let mut link = Some("/products?limit=2".to_owned());
    // Five products are three pages.
    for _ in 0..4 {
        let Some(page) = link.take() else { break };
        let page = send(&app, get(&page)).await.json();
        let items = page["items"].as_array().expect("items");
        names.extend(items.iter().map(|product| product["name"].clone()));
        link = page["next"].as_str().map(str::to_owned);
    }

    let sorted = ["Zebra", "zebra", "Äpfel", "エチオピア", "\u{1F375}"];
    assert_eq!(names, sorted.map(Value::from), "each of them once");
}
// ANCHOR_END: pages
