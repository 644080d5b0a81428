//! The staff deactivates a user, for example one who does not pay. Then there are no more orders.

use std::time::Duration;

use axum::http::{StatusCode, header};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::json;
use sqlx::{AssertSqlSafe, SqlitePool, sqlite::SqlitePoolOptions};
use testkit::{Log, get, patch, post, send};

use crate::{
    fixtures::{
        deactivate, order, orders_of, path, place, post_nothing, sign_up, stocked,
    },
    service::{Scratch, app, app_on},
    ways::Way,
};

// ANCHOR: rule
#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn deactivated_user_cannot_order(#[case] way: Way) {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    let answer = way.order(&app, &before).await;

    assert_eq!(
        answer.status,
        StatusCode::CONFLICT,
        "the staff deactivated Ada: the answer to her order"
    );
    let problem = json!({
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "A deactivated user cannot order",
    });
    assert_eq!(answer.json(), problem);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
}
// ANCHOR_END: rule

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn refused_order_is_not_written(#[case] way: Way) {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;
    let staff = format!("/staff/users/{ada}");
    let user = send(&app, get(&staff)).await.json();

    way.order(&app, &before).await;

    let after = send(&app, get(&staff)).await.json();
    assert_eq!(after, user, "the user, with the note of the staff");
    assert_eq!(
        orders_of(&app, &ada).await,
        json!([before]),
        "the order from before, as it was, and no other"
    );
}

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn refused_order_is_not_logged(#[case] way: Way) {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;
    let log = Log::listen_to_all_levels();

    way.order(&app, &before).await;

    assert_eq!(log.text(), "", "only internal errors are logged");
}

#[tokio::test]
async fn deactivated_user_cannot_repeat_a_cancelled_order() {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    let cancelled = send(&app, post_nothing(path(&before) + "/cancel")).await;
    send(&app, deactivate(&ada)).await;

    let answer = Way::TheSameAgain.order(&app, &before).await;

    assert_eq!(answer.json()["detail"], "A deactivated user cannot order");
    assert_eq!(orders_of(&app, &ada).await, json!([cancelled.json()]));
}

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn active_user_still_orders(#[case] way: Way) {
    let scratch = Scratch::new();
    let options = scratch.options().busy_timeout(Duration::from_secs(1));
    let pool = SqlitePoolOptions::new().connect_lazy_with(options);
    let (app, ada) = stocked(app_on(pool)).await;
    let bo = sign_up(&app, "Bo").await;
    let of_ada = place(&app, &ada, &[("tea", 1)]).await;
    let of_bo = place(&app, &bo, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    way.order(&app, &of_ada).await;
    let answer = way.order(&app, &of_bo).await;

    assert_eq!(
        answer.status,
        StatusCode::CREATED,
        "nobody deactivated Bo, and Ada's order is done with: {}",
        answer.body
    );
    assert_eq!(orders_of(&app, &bo).await, json!([answer.json(), of_bo]));
}

/// What cannot be asked is not answered: neither with no, nor with nobody.
#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn database_failure_is_500_and_writes_nothing(#[case] way: Way) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;

    for table in ["users", "products", "order_items", "orders"] {
        let lost = format!("lost_{table}");
        rename(&pool, table, &lost).await;
        let answer = way.order(&app, &before).await;
        rename(&pool, &lost, table).await;

        assert_eq!(
            answer.json(),
            json!({
                "type": "about:blank",
                "title": "Internal Server Error",
                "status": 500,
            }),
            "an order without the table {table}"
        );
        assert_eq!(orders_of(&app, &ada).await, json!([before]));
    }
    let answer = way.order(&app, &before).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

async fn rename(pool: &SqlitePool, from: &str, to: &str) {
    let sql = AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
    sqlx::raw_sql(sql).execute(pool).await.expect("a table of this name");
}

// ANCHOR: past
#[tokio::test]
async fn earlier_order_can_be_read_and_cancelled() {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    let read = send(&app, get(&path(&before))).await;
    assert_eq!((read.status, read.json()), (StatusCode::OK, before.clone()));
    assert_eq!(orders_of(&app, &ada).await, json!([before]));

    let cancelled = send(&app, post_nothing(path(&before) + "/cancel")).await;
    assert_eq!(
        (cancelled.status, &cancelled.json()["status"]),
        (StatusCode::OK, &json!("cancelled")),
        "to cancel orders nothing: {}",
        cancelled.body
    );
    assert_eq!(orders_of(&app, &ada).await, json!([cancelled.json()]));
}
// ANCHOR_END: past

#[tokio::test]
async fn staff_sees_active_user() {
    let (app, ada) = stocked(app()).await;

    let seen = send(&app, get(&format!("/staff/users/{ada}"))).await;

    assert_eq!(
        seen.json()["active"],
        true,
        "nobody deactivated Ada: {}",
        seen.body
    );
}

// ANCHOR: deactivated
#[tokio::test]
async fn staff_sees_deactivated_user() {
    let (app, ada) = stocked(app()).await;

    let deactivated = send(&app, deactivate(&ada)).await;

    assert_eq!(deactivated.status, StatusCode::OK, "{}", deactivated.body);
    assert_json_snapshot!(deactivated.json(), { ".id" => "[id]" }, @r#"
    {
      "active": false,
      "email": "ada@beans.example",
      "id": "[id]",
      "name": "Ada",
      "phone": null,
      "staff_note": "new: check the address before the first order"
    }
    "#);
    let seen = send(&app, get(&format!("/staff/users/{ada}"))).await;
    assert_eq!(seen.json(), deactivated.json());
}
// ANCHOR_END: deactivated

#[tokio::test]
async fn deactivating_twice_is_200() {
    let (app, ada) = stocked(app()).await;
    let once = send(&app, deactivate(&ada)).await;

    let twice = send(&app, deactivate(&ada)).await;

    assert_eq!((twice.status, twice.json()), (StatusCode::OK, once.json()));
}

#[tokio::test]
async fn deactivating_unknown_user_is_404() {
    let answer = send(&app(), deactivate("nobody")).await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such user");
}

#[tokio::test]
async fn clients_neither_see_nor_change_deactivation() {
    let (app, ada) = stocked(app()).await;
    let user = format!("/users/{ada}");
    let active = send(&app, get(&user)).await.json();
    send(&app, deactivate(&ada)).await;

    let greedy = json!({ "active": true });
    let changed = send(&app, patch(&user, &greedy)).await;

    assert_eq!((changed.status, changed.json()), (StatusCode::OK, active));
    let seen = send(&app, get(&format!("/staff{user}"))).await.json();
    assert_eq!(seen["active"], false, "that is for the staff to change");
}

#[tokio::test]
async fn unknown_customer_is_422() {
    let (app, _) = stocked(app()).await;

    for (route, customer) in [
        ("/orders", "nobody"),
        ("/orders", "%"),
        ("/orders", ""),
        ("/staff/orders", "nobody"),
        ("/staff/orders", "%"),
        ("/staff/orders", ""),
    ] {
        let body = order(customer, &[("tea", 1)]);
        let refused = send(&app, post(route, &body)).await;

        assert_eq!(
            refused.json(),
            json!({
                "type": "about:blank",
                "title": "Unprocessable Entity",
                "status": 422,
                "detail": "`customer_id` names no user",
                "field": "customer_id",
            }),
            "{route} for {customer:?}"
        );
    }
}
