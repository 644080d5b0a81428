//! The rule that spans an order and its customer.

use rstest::rstest;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

use crate::desk::domain::{
    Currency::Eur,
    Customer, CustomerId, DispatchError, Order, OrderId, OrderState, ShipError,
    Shipment,
    StateName::{Shipped, Submitted},
    dispatch,
};
use crate::{
    given::{espresso, quantity},
    houses::{customer_of_houses, house},
    orders_by_state::{
        MONDAY, TUESDAY, cancelled, cancelled_as_draft, draft_with_items, paid,
        shipped, submitted,
    },
};

const NOW: OffsetDateTime = datetime!(2026-11-27 16:00:00.123456789 UTC);

/// Customer 99, who lives in house 1 or nowhere.
fn stranger(has_address: bool) -> Customer {
    let mut stranger = Customer::new(CustomerId::new(Uuid::from_u128(99)));
    if has_address {
        let (id, address) = house(1);
        stranger.add_address(id, address).expect("one more address");
    }
    stranger
}

/// The order is not dispatched to the customer, for this reason, and is then as before.
#[track_caller]
fn is_refused(order: &mut Order, customer: &Customer, error: DispatchError) {
    let before = order.clone();
    assert_eq!(dispatch(order, customer, NOW), Err(error));
    assert_eq!(order.state(), before.state(), "the order is as before");
    assert_eq!(order.items(), before.items(), "the order is as before");
}

#[test]
fn paid_order_is_sent_to_primary_address() {
    let mut order = paid();
    let mut customer = customer_of_houses(&[1, 2]);
    customer.make_primary(house(2).0).expect("it is there");
    let shipment = Shipment { order: order.id(), to: house(2).1, at: NOW };
    assert_eq!(dispatch(&mut order, &customer, NOW), Ok(shipment));
    let (submitted_at, paid_at) = (MONDAY, TUESDAY);
    let shipped = OrderState::Shipped { submitted_at, paid_at, at: NOW };
    assert_eq!(order.state(), shipped);
    assert_eq!(order.items(), paid().items(), "the items are as they were");
}

#[test]
fn each_order_is_sent_to_its_own_customer() {
    let mut customer = Customer::new(CustomerId::new(Uuid::from_u128(7)));
    let (address, lines) = house(3);
    customer.add_address(address, lines).expect("the first address");
    let id = OrderId::new(Uuid::from_u128(70));
    let mut order = Order::draft(id, customer.id(), Eur);
    order.add_item(&espresso(0, Eur), quantity(1)).expect("an item");
    order.submit(MONDAY).expect("it has an item");
    let unpaid = DispatchError::Ship(ShipError::NotPaid(Submitted));
    is_refused(&mut order, &customer, unpaid);
    order.pay(NOW).expect("it is submitted");
    let shipment = Shipment { order: id, to: house(3).1, at: TUESDAY };
    let sent = dispatch(&mut order, &customer, TUESDAY);
    assert_eq!(sent, Ok(shipment), "dated before the payment, and free");
    assert_eq!(order.state().name(), Shipped, "a free order is shipped as well");
}

#[test]
fn shipment_keeps_address_of_the_moment() {
    let mut order = paid();
    let mut customer = customer_of_houses(&[1, 2]);
    let shipment = dispatch(&mut order, &customer, NOW).expect("a shipment");
    customer.make_primary(house(2).0).expect("it is there");
    assert_eq!(shipment.to, house(1).1, "the address of that moment");
}

#[test]
fn order_is_dispatched_once() {
    let mut order = paid();
    let customer = customer_of_houses(&[1]);
    dispatch(&mut order, &customer, NOW).expect("a shipment");
    let shipped = DispatchError::Ship(ShipError::NotPaid(Shipped));
    is_refused(&mut order, &customer, shipped);
}

#[test]
fn order_of_another_customer_is_refused() {
    let mut order = paid();
    let anothers = DispatchError::AnothersOrder(order.customer());
    is_refused(&mut order, &stranger(true), anothers);
    let sent = dispatch(&mut order, &customer_of_houses(&[1]), NOW);
    assert!(sent.is_ok(), "its own customer can have it: {sent:?}");
}

#[test]
fn customer_without_address_is_refused() {
    let mut order = paid();
    let mut customer = customer_of_houses(&[]);
    is_refused(&mut order, &customer, DispatchError::NoAddress);
    let (id, address) = house(4);
    customer.add_address(id, address).expect("the first address");
    let sent = dispatch(&mut order, &customer, NOW);
    assert_eq!(sent.map(|shipment| shipment.to), Ok(house(4).1), "it has one now");
}

#[rstest]
#[case::draft(draft_with_items())]
#[case::submitted(submitted())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn only_paid_order_is_dispatched(#[case] mut order: Order) {
    let error = DispatchError::Ship(ShipError::NotPaid(order.state().name()));
    is_refused(&mut order, &customer_of_houses(&[1]), error);
}

#[rstest]
#[case::draft(draft_with_items())]
#[case::submitted(submitted())]
#[case::paid(paid())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
fn customer_then_address_then_state_are_checked(#[case] mut order: Order) {
    let anothers = DispatchError::AnothersOrder(order.customer());
    is_refused(&mut order, &stranger(true), anothers);
    is_refused(&mut order, &stranger(false), anothers);
    is_refused(&mut order, &customer_of_houses(&[]), DispatchError::NoAddress);
}
