//! What an order cannot do where it is, and with which error it says so.

use std::fmt::Debug;

use rstest::rstest;

use crate::desk::domain::{
    AddItemError, CancelError,
    Currency::{Eur, Jpy},
    Order, OrderState, PayError, Product, ShipError,
    StateName::{Cancelled, Paid, Shipped},
    SubmitError,
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
    assert_eq!(order.submit(MONDAY), Err(SubmitError::Empty));
    assert_eq!(order.state(), OrderState::Draft);
    assert_eq!(order.add_item(&espresso(1890, Eur), quantity(1)), Ok(()));
    assert_eq!(order.submit(TUESDAY), Ok(()), "it has an item now");
}

#[rstest]
#[case::submitted(submitted())]
#[case::paid(paid())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn only_draft_takes_items(#[case] order: Order) {
    let error = AddItemError::NotDraft(order.state().name());
    refuses(order.clone(), |order| adding(order, &espresso(1890, Eur)), error);
    refuses(order, |order| adding(order, &espresso(0, Eur)), error);
}

#[rstest]
#[case::another_currency(espresso(3000, Jpy))]
#[case::too_large_to_count(espresso(i64::MAX, Eur))]
fn state_is_checked_before_price(#[case] product: Product) {
    for order in [submitted(), paid(), shipped(), cancelled()] {
        let error = AddItemError::NotDraft(order.state().name());
        refuses(order, |order| adding(order, &product), error);
    }
}

fn adding(order: &mut Order, product: &Product) -> Result<(), AddItemError> {
    order.add_item(product, quantity(2))
}

#[test]
fn cancelled_empty_draft_stays_cancelled() {
    let mut order = draft(Eur);
    order.cancel(MONDAY).expect("it is a draft");
    let espresso = espresso(1890, Eur);
    let not_draft = AddItemError::NotDraft(Cancelled);
    refuses(order.clone(), |order| adding(order, &espresso), not_draft);
    for at in TIMES {
        let not_draft = SubmitError::NotDraft(Cancelled);
        refuses(order.clone(), |order| order.submit(at), not_draft);
        let not_submitted = PayError::NotSubmitted(Cancelled);
        refuses(order.clone(), |order| order.pay(at), not_submitted);
        let not_paid = ShipError::NotPaid(Cancelled);
        refuses(order.clone(), |order| order.ship(at), not_paid);
        let cancelled = CancelError::AlreadyCancelled;
        refuses(order.clone(), |order| order.cancel(at), cancelled);
    }
}

#[rstest]
#[case::submitted(submitted())]
#[case::paid(paid())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn only_draft_can_be_submitted(#[case] order: Order) {
    let error = SubmitError::NotDraft(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.submit(at), error);
    }
}

#[rstest]
#[case::draft(draft_with_items())]
#[case::paid(paid())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn only_submitted_order_can_be_paid(#[case] order: Order) {
    let error = PayError::NotSubmitted(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.pay(at), error);
    }
}

#[rstest]
#[case::draft(draft_with_items())]
#[case::submitted(submitted())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn only_paid_order_can_be_shipped(#[case] order: Order) {
    let error = ShipError::NotPaid(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.ship(at), error);
    }
}

#[rstest]
#[case::paid(paid(), CancelError::TooLate(Paid))]
#[case::shipped(shipped(), CancelError::TooLate(Shipped))]
#[case::cancelled(cancelled(), CancelError::AlreadyCancelled)]
#[case::cancelled_as_draft(cancelled_as_draft(), CancelError::AlreadyCancelled)]
fn late_cancellation_is_refused(#[case] order: Order, #[case] error: CancelError) {
    for at in TIMES {
        refuses(order.clone(), |order| order.cancel(at), error);
    }
}

/// The order refuses the move with this error, and is then as before.
#[track_caller]
fn refuses<E: Debug + PartialEq>(
    mut order: Order,
    attempt: impl Fn(&mut Order) -> Result<(), E>,
    error: E,
) {
    let before = order.clone();
    assert_eq!(attempt(&mut order), Err(error));
    assert_eq!(order.state(), before.state(), "a refused move changes nothing");
    assert_eq!(order.items(), before.items(), "a refused move changes nothing");
}
