//! Twenty requests at once, more than there are connections.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use rstest::rstest;
use serde_json::Value;
use sqlx::sqlite::SqlitePoolOptions;
use testkit::{post, send};
use tokio::task;

use crate::{
    fixtures::{order, orders_of, path, place, post_nothing, stocked, take_away},
    service::{Scratch, app, app_on},
};

/// More than there are connections: each waits for its turn, and nobody waits for somebody who waits.
#[tokio::test]
async fn twenty_concurrent_orders_are_all_placed() {
    let (app, ada) = stocked(app()).await;
    let one = || {
        let (app, request) =
            (app.clone(), post("/orders", &order(&ada, &[("tea", 1)])));
        task::spawn(async move { send(&app, request).await })
    };
    let all: Vec<_> = (0..20).map(|_| one()).collect();

    for placed in all {
        let placed = placed.await.expect("an answer");
        assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    }
    let orders = orders_of(&app, &ada).await;
    assert_eq!(
        orders.as_array().map(Vec::len),
        Some(20),
        "twenty orders: {orders}"
    );
}

/// So it is on every route that writes.
#[rstest]
#[case::taken_by_telephone(|placed: &Value| {
    let customer = placed["customer_id"].as_str().expect("a customer");
    post("/staff/orders", &order(customer, &[("tea", 1)]))
})]
#[case::had_again(|placed: &Value| post_nothing(path(placed) + "/repeat"))]
#[case::cancelled(|placed: &Value| post_nothing(path(placed) + "/cancel"))]
#[tokio::test]
async fn twenty_concurrent_requests_all_succeed(
    #[case] request: fn(&Value) -> Request<Body>,
) {
    let (app, ada) = stocked(app()).await;
    let mut requests = Vec::new();
    for _ in 0..20 {
        requests.push(request(&place(&app, &ada, &[("tea", 1)]).await));
    }
    let one = |request| {
        let app = app.clone();
        task::spawn(async move { send(&app, request).await })
    };
    let all: Vec<_> = requests.into_iter().map(one).collect();

    for answer in all {
        let answer = answer.await.expect("an answer");
        assert!(answer.status.is_success(), "{}", answer.body);
    }
}

/// A request that is refused keeps no transaction open: neither the next order nor another program has to wait for it.
#[tokio::test]
async fn refused_request_leaves_no_lock_behind() {
    let scratch = Scratch::new();
    let options = scratch.options().busy_timeout(Duration::from_secs(1));
    let pool = || SqlitePoolOptions::new().connect_lazy_with(options.clone());
    let (app, ada) = stocked(app_on(pool())).await;
    let other = pool();
    let of_mate = place(&app, &ada, &[("mate", 1)]).await;
    let cancelled = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, post_nothing(path(&cancelled) + "/cancel")).await;
    take_away(&app, "mate").await;

    for refused in [
        post("/orders", &order("nobody", &[("tea", 1)])),
        post("/staff/orders", &order("nobody", &[("tea", 1)])),
        post("/orders", &order(&ada, &[("tea", 1), ("mate", 1)])),
        post("/staff/orders", &order(&ada, &[("tea", 1), ("mate", 1)])),
        post_nothing(path(&of_mate) + "/repeat"),
        post_nothing("/orders/none/repeat"),
        post_nothing(path(&cancelled) + "/cancel"),
        post_nothing("/orders/none/cancel"),
    ] {
        let what = format!("{} {}", refused.method(), refused.uri());
        let answer = send(&app, refused).await;
        assert!(answer.status.is_client_error(), "{what}: {}", answer.body);
        let write = sqlx::query("UPDATE users SET name = name");
        let written = write.execute(&other).await;
        assert!(
            written.is_ok(),
            "another program writes after {what}: {written:?}"
        );
        place(&app, &ada, &[("tea", 1)]).await;
    }
}
