//! The rule that spans an order and its customer.

use rstest::rstest;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

use crate::desk::domain::{
    Customer, CustomerId, DispatchError, OrderState, ShipError, Shipment,
    StateName, dispatch,
};
use crate::{
    houses::{customer_of_houses, house},
    orders_by_state::order,
};

const NOW: OffsetDateTime = datetime!(2026-11-27 16:00 UTC);

#[test]
fn a_paid_order_goes_to_the_primary_address() {
    let mut order = order(StateName::Paid);
    let mut customer = customer_of_houses(&[1, 2]);
    customer.make_primary(house(2).0).expect("it is there");
    let shipment = Shipment { order: order.id(), to: house(2).1, at: NOW };
    assert_eq!(dispatch(&mut order, &customer, NOW), Ok(shipment));
    let OrderState::Shipped { at, .. } = order.state() else {
        panic!("shipped, not {:?}", order.state());
    };
    assert_eq!(at, NOW);
}

#[test]
fn a_parcel_on_its_way_does_not_follow_the_customer() {
    let mut order = order(StateName::Paid);
    let mut customer = customer_of_houses(&[1, 2]);
    let shipment = dispatch(&mut order, &customer, NOW).expect("a shipment");
    customer.make_primary(house(2).0).expect("it is there");
    assert_eq!(shipment.to, house(1).1, "the address of that moment");
}

#[test]
fn anothers_order_does_not_leave() {
    let mut order = order(StateName::Paid);
    let mut stranger = Customer::new(CustomerId::new(Uuid::from_u128(99)));
    let (id, address) = house(1);
    stranger.add_address(id, address).expect("one more address");
    let refused = dispatch(&mut order, &stranger, NOW);
    assert_eq!(refused, Err(DispatchError::AnothersOrder(order.customer())));
    assert_eq!(order.state().name(), StateName::Paid, "the order is as before");
}

#[test]
fn without_an_address_nothing_leaves() {
    let mut order = order(StateName::Paid);
    let refused = dispatch(&mut order, &customer_of_houses(&[]), NOW);
    assert_eq!(refused, Err(DispatchError::NoAddress));
    assert_eq!(order.state().name(), StateName::Paid, "the order is as before");
}

#[rstest]
#[case::a_draft(StateName::Draft)]
#[case::submitted(StateName::Submitted)]
#[case::shipped(StateName::Shipped)]
#[case::cancelled(StateName::Cancelled)]
fn an_order_that_is_not_paid_does_not_leave(#[case] state: StateName) {
    let mut order = order(state);
    let before = order.state();
    let refused = dispatch(&mut order, &customer_of_houses(&[1]), NOW);
    assert_eq!(refused, Err(DispatchError::Ship(ShipError::NotPaid(state))));
    assert_eq!(order.state(), before, "the order is as before");
}

#[test]
fn whose_order_it_is_comes_before_the_address_and_that_before_the_state() {
    let mut order = order(StateName::Submitted);
    let stranger = Customer::new(CustomerId::new(Uuid::from_u128(99)));
    let anothers = DispatchError::AnothersOrder(order.customer());
    assert_eq!(dispatch(&mut order, &stranger, NOW), Err(anothers));
    let nowhere = customer_of_houses(&[]);
    let no_address = DispatchError::NoAddress;
    assert_eq!(dispatch(&mut order, &nowhere, NOW), Err(no_address));
}
