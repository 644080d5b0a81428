//! What a client hears whose order cannot be taken back. Nobody can pay or ship one here yet, so the test puts such orders
//! where the order desk keeps its own.

use std::sync::Arc;

use crate::desk::{
    AppState,
    adapters::in_memory::{InMemoryOrders, InMemoryUsers},
    app,
    application::{OrderDesk, ports::OrderRepository},
    domain::Order,
};
use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;
use testkit::{get, send};

use crate::{
    desk_in_memory::{catalogue_with_tea, register},
    fixed::{Counted, StoppedClock},
    fixtures::post_nothing,
    samples_of_orders::{later, submitted},
    service::{Scratch, state_on},
};

fn pay(order: &mut Order) {
    order.pay(later(1)).expect("it is submitted");
}

fn pay_and_ship(order: &mut Order) {
    pay(order);
    order.ship(later(2)).expect("it is paid");
}

fn cancel(order: &mut Order) {
    order.cancel(later(1)).expect("it is not paid");
}

// ANCHOR: too_late
#[rstest]
#[case::paid(pay, "A paid order cannot be cancelled")]
#[case::shipped(pay_and_ship, "A shipped order cannot be cancelled")]
#[case::cancelled(cancel, "The order is cancelled already")]
#[tokio::test]
async fn an_order_that_cannot_be_cancelled_says_why(
    #[case] happen: fn(&mut Order),
    #[case] detail: &str,
) {
    let users = Arc::new(InMemoryUsers::default());
    let mut order = submitted(1, &register(users.clone()).await);
    happen(&mut order);
    let orders = Arc::new(InMemoryOrders::default());
    orders.insert(&order).await.expect("its id is free");
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    let order_desk =
        OrderDesk::new(users, orders, catalogue_with_tea(), clock, ids);
    let scratch = Scratch::new();
    let app = app(AppState { order_desk, ..state_on(scratch.pool()) });
    let path = format!("/orders/{}", order.id());
    let before = send(&app, get(&path)).await;

    let refused = send(&app, post_nothing(format!("{path}/cancel"))).await;

    assert_eq!(
        refused.json(),
        json!({
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "detail": detail,
        })
    );
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let after = send(&app, get(&path)).await;
    assert_eq!(after.json(), before.json(), "the order is as it was");
}
// ANCHOR_END: too_late
