//! What becomes of an order.

use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

use super::given::{customer_of_houses, draft, espresso, quantity};
use crate::domain::{
    Currency::Eur, Customer, CustomerId, Order, StateName, SubmitError, dispatch,
};

const NOW: OffsetDateTime = datetime!(2026-11-27 16:00 UTC);

fn submitted() -> Order {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    order.submit(NOW).expect("a draft with an item");
    order
}

fn paid() -> Order {
    let mut order = submitted();
    order.pay(NOW).expect("a submitted order");
    order
}

#[test]
fn order_is_submitted_paid_and_shipped() {
    let mut order = paid();
    order.ship(NOW).expect("a paid order");
    assert_eq!(order.state().name(), StateName::Shipped);
}

#[test]
fn order_without_items_is_not_submitted() {
    assert_eq!(draft(Eur).submit(NOW), Err(SubmitError::Empty));
}

#[test]
fn submitted_order_is_cancelled() {
    let mut order = submitted();
    order.cancel(NOW).expect("not too late");
    assert_eq!(order.state().name(), StateName::Cancelled);
}

#[test]
fn paid_order_is_not_cancelled() {
    assert!(paid().cancel(NOW).is_err());
}

#[test]
fn paid_order_is_dispatched_to_own_customer_only() {
    let mut order = paid();
    let stranger = Customer::new(CustomerId::new(Uuid::from_u128(99)));
    assert!(dispatch(&mut order, &stranger, NOW).is_err());
    assert!(dispatch(&mut order, &customer_of_houses(&[1]), NOW).is_ok());
}
