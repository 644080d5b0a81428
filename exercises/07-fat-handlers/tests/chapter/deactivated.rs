//! The staff deactivates a user, for example one who does not pay. Then there are no more orders.

use axum::http::StatusCode;
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::json;
use testkit::{get, patch, post, send};

use crate::{
    fixtures::{
        deactivate, order, orders_of, path, place, post_nothing, sign_up, stocked,
    },
    service::app,
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
        "the staff deactivated Ada, and she orders all the same"
    );
    assert_eq!(answer.json()["detail"], "A deactivated user cannot order");
}
// ANCHOR_END: rule

#[tokio::test]
async fn the_refusal_is_a_conflict_and_says_why() {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    let answer = Way::WebShop.order(&app, &before).await;

    assert_json_snapshot!(answer.json(), @r#"
    {
      "detail": "A deactivated user cannot order",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
}

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn refused_order_is_not_written(#[case] way: Way) {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    way.order(&app, &before).await;

    let orders = orders_of(&app, &ada).await;
    assert_eq!(
        orders.as_array().map(Vec::len),
        Some(1),
        "the one from before, and no more: {orders}"
    );
}

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn active_user_still_orders(#[case] way: Way) {
    let (app, ada) = stocked(app()).await;
    let bo = sign_up(&app, "Bo").await;
    let before = place(&app, &bo, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    let answer = way.order(&app, &before).await;

    assert_eq!(
        (answer.status, &answer.json()["customer_id"]),
        (StatusCode::CREATED, &before["customer_id"]),
        "nobody deactivated Bo: {}",
        answer.body
    );
}

// ANCHOR: past
#[tokio::test]
async fn earlier_order_can_be_read_and_cancelled() {
    let (app, ada) = stocked(app()).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    send(&app, deactivate(&ada)).await;

    for request in [
        get(&path(&before)),
        get(&format!("/users/{ada}/orders")),
        post_nothing(path(&before) + "/cancel"),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        assert_eq!(
            send(&app, request).await.status,
            StatusCode::OK,
            "{what} orders nothing"
        );
    }
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

    let greedy = serde_json::json!({ "active": true });
    let changed = send(&app, patch(&user, &greedy)).await;

    assert_eq!((changed.status, changed.json()), (StatusCode::OK, active));
    let seen = send(&app, get(&format!("/staff{user}"))).await.json();
    assert_eq!(seen["active"], false, "that is for the staff to change");
}

#[tokio::test]
async fn unknown_customer_is_422() {
    let (app, _) = stocked(app()).await;

    for route in ["/orders", "/staff/orders"] {
        let refused =
            send(&app, post(route, &order("nobody", &[("tea", 1)]))).await;

        assert_eq!(
            refused.json(),
            json!({
                "type": "about:blank",
                "title": "Unprocessable Entity",
                "status": 422,
                "detail": "`customer_id` names no user",
                "field": "customer_id",
            }),
            "{route}"
        );
    }
}
