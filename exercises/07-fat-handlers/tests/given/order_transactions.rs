//! What becomes of an order between two requests.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{get, post, send};

use crate::{
    fixtures::{order, orders_of, path, place, post_nothing, stocked},
    service::{Scratch, app, app_on},
};

#[tokio::test]
async fn order_is_read_as_placed() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;

    let read = send(&app, get(&path(&placed))).await;

    assert_eq!((read.status, read.json()), (StatusCode::OK, placed));
}

#[tokio::test]
async fn orders_survive_a_restart() {
    let scratch = Scratch::new();
    let (before, ada) = stocked(app_on(scratch.pool())).await;
    let placed = place(&before, &ada, &[("tea", 2), ("mate", 1)]).await;

    let after = app_on(scratch.pool());

    let kept = send(&after, get(&path(&placed))).await;
    assert_eq!(
        (kept.status, kept.json()),
        (StatusCode::OK, placed),
        "Ada ordered before the restart"
    );
}

#[tokio::test]
async fn two_apps_side_by_side_share_no_orders() {
    let (ours, theirs) = (Scratch::new(), Scratch::new());
    let (here, ada) = stocked(app_on(ours.pool())).await;
    let (there, bo) = stocked(app_on(theirs.pool())).await;

    let of_ada = path(&place(&here, &ada, &[("tea", 1)]).await);
    let of_bo = path(&place(&there, &bo, &[("mate", 1)]).await);

    for (app, order, status) in [
        (&here, &of_ada, StatusCode::OK),
        (&there, &of_ada, StatusCode::NOT_FOUND),
        (&here, &of_bo, StatusCode::NOT_FOUND),
        (&there, &of_bo, StatusCode::OK),
    ] {
        let answer = send(app, get(order)).await;
        assert_eq!(answer.status, status, "each in its own: {}", answer.body);
    }
}

/// All that writes an order of this customer.
fn changes(customer: &str, placed: &Value) -> [Request<Body>; 4] {
    let items = order(customer, &[("tea", 1), ("mate", 7)]);
    [
        post("/orders", &items),
        post("/staff/orders", &items),
        post_nothing(path(placed) + "/repeat"),
        post_nothing(path(placed) + "/cancel"),
    ]
}

// ANCHOR: transaction
#[rstest]
#[case::after_an_item_that_a_trigger_refuses(
    "CREATE TRIGGER full BEFORE INSERT ON order_items WHEN NEW.sku = 'mate' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;"
)]
#[case::after_an_item_that_an_index_refuses(
    "CREATE UNIQUE INDEX full ON order_items (quantity) WHERE sku = 'mate'"
)]
#[tokio::test]
async fn order_is_written_with_all_items_or_not_at_all(
    #[case] refusal: &'static str,
) {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.pool())).await;
    let placed = place(&app, &ada, &[("tea", 1), ("mate", 7)]).await;
    sqlx::raw_sql(refusal).execute(&scratch.pool()).await.expect("a refusal");

    for request in changes(&ada, &placed).into_iter().take(3) {
        let what = format!("{} {}", request.method(), request.uri());
        let failed = send(&app, request).await;

        assert_eq!(
            failed.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{what}: {}",
            failed.body
        );
        assert_eq!(
            orders_of(&app, &ada).await,
            json!([placed]),
            "{what}: no order without its items"
        );
    }
    place(&app, &ada, &[("tea", 1)]).await;
}
// ANCHOR_END: transaction

#[tokio::test]
async fn failed_commit_is_500_and_writes_nothing() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let placed = place(&app, &ada, &[("tea", 1)]).await;
    // Deferred, this foreign key is checked by the commit.
    let ledger = "CREATE TABLE ledger
                      (entry TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
                  CREATE TRIGGER placed AFTER INSERT ON orders BEGIN
                      INSERT INTO ledger (entry) VALUES ('nobody');
                  END;
                  CREATE TRIGGER changed AFTER UPDATE ON orders BEGIN
                      INSERT INTO ledger (entry) VALUES ('nobody');
                  END;";
    sqlx::raw_sql(ledger).execute(&pool).await.expect("a ledger");

    for request in changes(&ada, &placed) {
        let what = format!("{} {}", request.method(), request.uri());
        let failed = send(&app, request).await;
        assert_eq!(
            failed.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{what}: {}",
            failed.body
        );
        assert_eq!(orders_of(&app, &ada).await, json!([placed]), "{what}");
    }

    let mended = "DROP TRIGGER placed; DROP TRIGGER changed";
    sqlx::raw_sql(mended).execute(&pool).await.expect("no triggers");
    for request in changes(&ada, &placed) {
        let answer = send(&app, request).await;
        assert!(answer.status.is_success(), "{}", answer.body);
    }
}

#[rstest]
#[case::placed(post("/orders", &order("01a20add-41fd-77b4-9a14-b73987763797", &[("tea", 1)])))]
#[case::taken_by_telephone(post("/staff/orders", &order("01a20add-41fd-77b4-9a14-b73987763797", &[("tea", 1)])))]
#[case::repeated(post_nothing(
    "/orders/01a20add-41fd-77b4-9a14-b73987763797/repeat"
))]
#[case::read(get("/orders/01a20add-41fd-77b4-9a14-b73987763797"))]
#[case::cancelled(post_nothing(
    "/orders/01a20add-41fd-77b4-9a14-b73987763797/cancel"
))]
#[case::listed(get("/users/01a20add-41fd-77b4-9a14-b73987763797/orders"))]
#[tokio::test]
async fn database_failure_is_500_on_order_routes(#[case] request: Request<Body>) {
    let scratch = Scratch::new();
    let pool: SqlitePool = scratch.pool();
    let app = app_on(pool.clone());

    pool.close().await;
    let answer = send(&app, request).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
}
