//! What becomes of an order.

use rstest::rstest;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

use super::given::{customer_of_houses, draft, espresso, house, quantity};
use crate::domain::{
    CancelError, Currency::Eur, Customer, CustomerId, DispatchError, Order,
    StateName, SubmitError, dispatch,
};

const NOW: OffsetDateTime = datetime!(2026-11-27 16:00 UTC);

/// An order with one item in this state.
fn order(state: StateName) -> Order {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let moves: &[fn(&mut Order)] = match state {
        StateName::Draft => &[],
        StateName::Submitted => &[submit],
        StateName::Paid => &[submit, pay],
        StateName::Shipped => &[submit, pay, ship],
        StateName::Cancelled => &[cancel],
    };
    moves.iter().for_each(|make| make(&mut order));
    order
}

fn submit(order: &mut Order) {
    order.submit(NOW).expect("a draft with an item");
}

fn pay(order: &mut Order) {
    order.pay(NOW).expect("a submitted order");
}

fn ship(order: &mut Order) {
    order.ship(NOW).expect("a paid order");
}

fn cancel(order: &mut Order) {
    order.cancel(NOW).expect("not too late");
}

#[test]
fn order_is_submitted_paid_and_shipped() {
    assert_eq!(order(StateName::Shipped).state().name(), StateName::Shipped);
}

#[test]
fn order_without_items_is_not_submitted() {
    let mut order = draft(Eur);
    assert_eq!(order.submit(NOW), Err(SubmitError::Empty));
    assert_eq!(order.state().name(), StateName::Draft);
}

#[rstest]
#[case(StateName::Draft, Ok(()))]
#[case(StateName::Submitted, Ok(()))]
#[case(StateName::Paid, Err(CancelError::TooLate(StateName::Paid)))]
#[case(StateName::Shipped, Err(CancelError::TooLate(StateName::Shipped)))]
#[case(StateName::Cancelled, Err(CancelError::AlreadyCancelled))]
fn order_is_cancelled_only_before_payment(
    #[case] state: StateName,
    #[case] result: Result<(), CancelError>,
) {
    assert_eq!(order(state).cancel(NOW), result);
}

#[test]
fn paid_order_is_sent_to_primary_address() {
    let mut order = order(StateName::Paid);
    let shipment = dispatch(&mut order, &customer_of_houses(&[1, 2]), NOW);
    assert_eq!(shipment.map(|shipment| shipment.to), Ok(house(1).1));
}

// ANCHOR: stranger
#[test]
fn paid_order_is_not_sent_to_another_customer() {
    let mut order = order(StateName::Paid);
    let mut stranger = Customer::new(CustomerId::new(Uuid::from_u128(99)));
    let (id, address) = house(1);
    stranger.add_address(id, address).expect("one more address");
    let refused = dispatch(&mut order, &stranger, NOW);
    assert_eq!(refused, Err(DispatchError::AnothersOrder(order.customer())));
}
// ANCHOR_END: stranger
