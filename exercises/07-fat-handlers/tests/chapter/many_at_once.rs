//! Twenty requests at once, more than there are connections.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use rstest::rstest;
use serde_json::Value;
use testkit::{post, send};
use tokio::task;

use crate::{
    fixtures::{order, path, place, post_nothing, stocked},
    service::app,
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
