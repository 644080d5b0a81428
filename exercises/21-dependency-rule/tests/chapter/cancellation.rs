//! What a client hears whose order cannot be taken back. Nobody can pay or ship one here yet, so the test puts such orders
//! where the order desk keeps its own.

use std::sync::Arc;

use crate::desk::{
    AppState,
    adapters::in_memory::{InMemoryOrders, InMemoryUsers},
    app,
    application::{
        OrderDesk,
        ports::{InsertError, OrderRepository, StorageError, UpdateError},
    },
    domain::{CustomerId, Order, OrderId},
};
use async_trait::async_trait;
use axum::{Router, http::StatusCode};
use rstest::rstest;
use serde_json::json;
use testkit::{Log, get, send};

use crate::{
    desk_in_memory::{catalogue_with_tea, register},
    fakes::{Broken, disk_full},
    fixed::{Counted, StoppedClock},
    fixtures::post_nothing,
    samples_of_orders::{draft, later, submitted, user},
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

fn leave(_order: &mut Order) {}

/// The order desk with one order of Ada's, of which this has become, and the path of the order.
async fn desk_with(happen: fn(&mut Order), scratch: &Scratch) -> (Router, String) {
    let users = Arc::new(InMemoryUsers::default());
    let mut order = submitted(1, &register(users.clone()).await);
    happen(&mut order);
    let orders = Arc::new(InMemoryOrders::default());
    orders.insert(&order).await.expect("its id is free");
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    let order_desk =
        OrderDesk::new(users, orders, catalogue_with_tea(), clock, ids);
    let app = app(AppState { order_desk, ..state_on(scratch.pool()) });
    (app, format!("/orders/{}", order.id()))
}

// ANCHOR: too_late
#[rstest]
#[case::paid(pay, "A paid order cannot be cancelled")]
#[case::shipped(pay_and_ship, "A shipped order cannot be cancelled")]
#[case::cancelled(cancel, "The order is cancelled already")]
#[tokio::test]
async fn refused_cancellation_is_409_with_its_reason(
    #[case] happen: fn(&mut Order),
    #[case] detail: &str,
) {
    let scratch = Scratch::new();
    let (app, path) = desk_with(happen, &scratch).await;
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

#[rstest]
#[case::draft(|order: &mut Order| *order = draft(1, &user(1, "Ada")))]
#[case::submitted(leave)]
#[tokio::test]
async fn order_that_is_not_paid_can_be_cancelled(#[case] happen: fn(&mut Order)) {
    let scratch = Scratch::new();
    let (app, path) = desk_with(happen, &scratch).await;

    let cancelled = send(&app, post_nothing(format!("{path}/cancel"))).await;

    assert_eq!(cancelled.status, StatusCode::OK, "{}", cancelled.body);
    assert_eq!(cancelled.json()["status"], "cancelled");
}

#[tokio::test]
async fn cancellation_of_a_missing_order_is_404() {
    let scratch = Scratch::new();
    let (app, _) = desk_with(leave, &scratch).await;
    let path = "/orders/01a20add-4264-76c5-b3a7-83fd3964575d";

    let missing = send(&app, post_nothing(format!("{path}/cancel"))).await;

    assert_eq!(missing.status, StatusCode::NOT_FOUND, "{}", missing.body);
    let read = send(&app, get(path)).await;
    assert_eq!(missing.json(), read.json(), "the answer to who asks for the order");
}

// ANCHOR: storage
/// Orders that can be read, and not written.
#[derive(Debug)]
struct ReadOnly(Order);

#[async_trait]
impl OrderRepository for ReadOnly {
    async fn find(&self, _id: OrderId) -> Result<Option<Order>, StorageError> {
        Ok(Some(self.0.clone()))
    }

    async fn of_customer(
        &self,
        _customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        Ok(vec![self.0.clone()])
    }

    async fn insert(&self, _order: &Order) -> Result<(), InsertError> {
        Err(disk_full().into())
    }

    async fn update(&self, _order: &Order) -> Result<(), UpdateError> {
        Err(disk_full().into())
    }
}

#[rstest]
#[case::the_order_cannot_be_read(Arc::new(Broken))]
#[case::the_order_cannot_be_written(Arc::new(ReadOnly(submitted(1, &user(1, "Ada")))))]
#[tokio::test]
async fn storage_failure_in_a_cancellation_is_500_without_its_cause(
    #[case] orders: Arc<dyn OrderRepository>,
) {
    let scratch = Scratch::new();
    let users = Arc::new(InMemoryUsers::default());
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    let order_desk =
        OrderDesk::new(users, orders, catalogue_with_tea(), clock, ids);
    let app = app(AppState { order_desk, ..state_on(scratch.pool()) });
    let log = Log::listen();

    let cancel = format!("/orders/{}/cancel", submitted(1, &user(1, "Ada")).id());
    let failed = send(&app, post_nothing(cancel)).await;

    assert_eq!(
        failed.json(),
        json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 })
    );
    assert!(log.text().contains("the disk is full"), "the cause: {}", log.text());
}
// ANCHOR_END: storage
