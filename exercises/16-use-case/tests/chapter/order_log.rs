//! What the log says of orders: nothing of those that are placed or refused, one line of those that fail.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use rstest::rstest;
use serde_json::Value;
use testkit::{Log, post, send};

use crate::{
    fixtures::{order, path, place, post_nothing, stocked},
    service::{Scratch, app_on},
};

/// All that places an order like this one of this customer's.
fn orders(
    customer: &str,
    items: &[(&str, i64)],
    placed: &Value,
) -> [Request<Body>; 3] {
    let body = order(customer, items);
    [
        post("/orders", &body),
        post("/staff/orders", &body),
        post_nothing(path(placed) + "/repeat"),
    ]
}

// ANCHOR: refused
#[rstest]
#[case::placed_order("", &[("tea", 2)])]
#[case::unknown_customer("PRAGMA foreign_keys = OFF; DELETE FROM users; PRAGMA foreign_keys = ON;", &[("tea", 2)])]
#[case::deactivated_user("UPDATE users SET active = 0", &[("tea", 2)])]
#[case::missing_product("DELETE FROM products", &[("tea", 2)])]
#[case::uncountable_order("UPDATE products SET price_cents = 9223372036854775807", &[("tea", 2)])]
#[case::order_without_items(
    "UPDATE orders SET status = 'draft', submitted_at = NULL; DELETE FROM order_items;",
    &[]
)]
#[case::missing_order("DELETE FROM order_items; DELETE FROM orders;", &[("tea", 2)])]
#[tokio::test]
async fn order_that_does_not_fail_is_not_logged(
    #[case] change: &'static str,
    #[case] items: &[(&str, i64)],
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;
    sqlx::raw_sql(change).execute(&pool).await.expect("it can be done");
    let log = Log::listen_to_all_levels();

    for request in orders(&ada, items, &placed) {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(&app, request).await;

        assert!(!answer.status.is_server_error(), "{what}: {}", answer.body);
        assert_eq!(log.text(), "", "{what}: at whatever level, nobody reads it");
    }
}
// ANCHOR_END: refused

#[tokio::test]
async fn failed_order_is_logged_once() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;
    let full = "CREATE TRIGGER full BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;";
    sqlx::raw_sql(full).execute(&pool).await.expect("a trigger");

    for request in orders(&ada, &[("tea", 2)], &placed) {
        let what = format!("{} {}", request.method(), request.uri());
        let log = Log::listen_to_all_levels();
        let answer = send(&app, request).await;

        assert_eq!(
            answer.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{what}: {}",
            answer.body
        );
        let log = log.text();
        assert!(
            log.lines().count() == 1 && log.contains("ERROR"),
            "{what}: one line at level ERROR, and none at another level: {log:?}"
        );
        assert!(
            log.contains("the disk is full"),
            "{what}: the line has the cause: {log:?}"
        );
    }
}
