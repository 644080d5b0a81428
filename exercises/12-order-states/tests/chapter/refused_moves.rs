//! What an order cannot do where it is, and how it says so.

use rstest::rstest;
use time::OffsetDateTime;

use crate::desk::domain::{
    Currency::{Eur, Jpy},
    Order, OrderState, Product,
};
use crate::{
    given::{draft, espresso, quantity},
    orders_by_state::{
        MONDAY, TIMES, TUESDAY, cancelled, cancelled_as_draft, draft_with_items,
        paid, shipped, submitted,
    },
};

#[test]
fn order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    assert!(order.add_item(&espresso(3000, Jpy), quantity(1)).is_err());
    let refused = order.submit(MONDAY);
    assert_eq!(
        refused,
        Err("an order without items cannot be submitted".to_owned())
    );
    assert_eq!(order.state(), OrderState::Draft);
    assert_eq!(order.add_item(&espresso(1890, Eur), quantity(1)), Ok(()));
    assert_eq!(order.submit(TUESDAY), Ok(()), "it has an item now");
    assert_eq!(order.state(), OrderState::Submitted { at: TUESDAY });
}

#[rstest]
#[case::submitted(submitted(), "a submitted order takes no more items")]
#[case::paid(paid(), "a paid order takes no more items")]
#[case::shipped(shipped(), "a shipped order takes no more items")]
#[case::cancelled(cancelled(), "a cancelled order takes no more items")]
#[case::cancelled_as_draft(
    cancelled_as_draft(),
    "a cancelled order takes no more items"
)]
fn only_draft_takes_items(#[case] mut order: Order, #[case] message: &str) {
    takes_no_item(&mut order, &espresso(1890, Eur), message);
    takes_no_item(&mut order, &espresso(0, Eur), message);
}

#[rstest]
#[case::another_currency(espresso(3000, Jpy))]
#[case::too_large_to_count(espresso(i64::MAX, Eur))]
fn state_is_checked_before_price(#[case] product: Product) {
    for mut order in [submitted(), paid(), shipped(), cancelled()] {
        let message = format!("a {} order takes no more items", order.state());
        takes_no_item(&mut order, &product, &message);
    }
}

/// The order refuses the product with this message, and is then as before.
#[track_caller]
fn takes_no_item(order: &mut Order, product: &Product, message: &str) {
    let before = order.clone();
    let refused = order.add_item(product, quantity(2));
    assert_eq!(refused, Err(message.to_owned()));
    unchanged(order, &before);
}

type Move = fn(&mut Order, OffsetDateTime) -> Result<(), String>;

#[rstest]
#[case::submitted(Order::submit, "a cancelled order cannot be submitted")]
#[case::paid(Order::pay, "a cancelled order cannot be paid")]
#[case::shipped(Order::ship, "a cancelled order cannot be shipped")]
#[case::cancelled(Order::cancel, "the order is cancelled already")]
fn cancelled_empty_draft_cannot_be(#[case] step: Move, #[case] message: &str) {
    let mut order = draft(Eur);
    order.cancel(MONDAY).expect("it is a draft");
    refuses(order.clone(), step, message);
    let no_more = "a cancelled order takes no more items";
    takes_no_item(&mut order, &espresso(1890, Eur), no_more);
}

#[rstest]
#[case::submitted(submitted(), "a submitted order cannot be submitted")]
#[case::paid(paid(), "a paid order cannot be submitted")]
#[case::shipped(shipped(), "a shipped order cannot be submitted")]
#[case::cancelled(cancelled(), "a cancelled order cannot be submitted")]
#[case::cancelled_as_draft(
    cancelled_as_draft(),
    "a cancelled order cannot be submitted"
)]
fn only_draft_can_be_submitted(#[case] order: Order, #[case] message: &str) {
    refuses(order, Order::submit, message);
}

#[rstest]
#[case::draft(draft_with_items(), "a draft order cannot be paid")]
#[case::paid(paid(), "a paid order cannot be paid")]
#[case::shipped(shipped(), "a shipped order cannot be paid")]
#[case::cancelled(cancelled(), "a cancelled order cannot be paid")]
#[case::cancelled_as_draft(
    cancelled_as_draft(),
    "a cancelled order cannot be paid"
)]
fn only_submitted_order_can_be_paid(#[case] order: Order, #[case] message: &str) {
    refuses(order, Order::pay, message);
}

#[rstest]
#[case::draft(draft_with_items(), "a draft order cannot be shipped")]
#[case::submitted(submitted(), "a submitted order cannot be shipped")]
#[case::shipped(shipped(), "a shipped order cannot be shipped")]
#[case::cancelled(cancelled(), "a cancelled order cannot be shipped")]
#[case::cancelled_as_draft(
    cancelled_as_draft(),
    "a cancelled order cannot be shipped"
)]
fn only_paid_order_can_be_shipped(#[case] order: Order, #[case] message: &str) {
    refuses(order, Order::ship, message);
}

#[rstest]
#[case::paid(paid(), "a paid order cannot be cancelled")]
#[case::shipped(shipped(), "a shipped order cannot be cancelled")]
#[case::cancelled(cancelled(), "the order is cancelled already")]
#[case::cancelled_as_draft(cancelled_as_draft(), "the order is cancelled already")]
fn late_cancellation_is_refused(#[case] order: Order, #[case] message: &str) {
    refuses(order, Order::cancel, message);
}

/// The order refuses the move with this message, at whatever time, and is then as before.
#[track_caller]
fn refuses(mut order: Order, step: Move, message: &str) {
    let before = order.clone();
    for at in TIMES {
        assert_eq!(step(&mut order, at), Err(message.to_owned()));
        unchanged(&order, &before);
    }
}

#[track_caller]
fn unchanged(order: &Order, before: &Order) {
    assert_eq!(order.state(), before.state(), "a refused move changes nothing");
    assert_eq!(order.items(), before.items(), "a refused move changes nothing");
}
