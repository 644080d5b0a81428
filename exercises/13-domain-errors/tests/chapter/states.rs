//! Where an order is on its way, and what it can still do there.

use std::fmt::Debug;

use rstest::rstest;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::desk::domain::{
    AddItemError, CancelError,
    Currency::{Eur, Jpy},
    Order, OrderState, PayError, Product, ShipError,
    StateName::{Cancelled, Draft, Paid, Shipped, Submitted},
    SubmitError,
};
use crate::{
    given::{draft, espresso, quantity},
    orders_by_state::{MONDAY, TUESDAY, WEDNESDAY, order, withdrawn},
};

#[test]
fn order_is_submitted_paid_and_shipped() {
    let mut order = order(Draft);
    assert_eq!(order.state(), OrderState::Draft);
    assert_eq!(order.submit(MONDAY), Ok(()));
    assert_eq!(order.state(), OrderState::Submitted { at: MONDAY });
    assert_eq!(order.pay(TUESDAY), Ok(()));
    let submitted_at = MONDAY;
    assert_eq!(order.state(), OrderState::Paid { submitted_at, at: TUESDAY });
    assert_eq!(order.ship(WEDNESDAY), Ok(()));
    let paid_at = TUESDAY;
    assert_eq!(
        order.state(),
        OrderState::Shipped { submitted_at, paid_at, at: WEDNESDAY }
    );
}

#[test]
fn items_and_total_stay_in_every_state() {
    let orders = [Draft, Submitted, Paid, Shipped, Cancelled].map(order);
    for order in orders.into_iter().chain([withdrawn()]) {
        let state = order.state();
        assert_eq!(order.items().len(), 1, "{state:?}: the item of the draft");
        assert_eq!(order.items()[0].subtotal().minor(), 1890, "{state:?}");
        assert_eq!(order.total().minor(), 1890, "{state:?}: as for a draft");
    }
}

#[test]
fn draft_can_be_cancelled() {
    for mut order in [draft(Eur), order(Draft)] {
        assert_eq!(order.cancel(TUESDAY), Ok(()));
        let state = OrderState::Cancelled { submitted_at: None, at: TUESDAY };
        assert_eq!(order.state(), state, "it was never submitted");
    }
}

#[test]
fn submitted_order_can_be_cancelled() {
    let mut order = order(Submitted);
    assert_eq!(order.cancel(TUESDAY), Ok(()));
    let state = OrderState::Cancelled { submitted_at: Some(MONDAY), at: TUESDAY };
    assert_eq!(order.state(), state);
}

/// How long each time is after the one before it. Less than nothing is before it.
#[rstest]
#[case::nanosecond(Duration::NANOSECOND)]
#[case::years(Duration::weeks(520))]
#[case::no_time(Duration::ZERO)]
#[case::earlier_each_time(Duration::seconds(-90))]
fn times_are_kept_as_given(#[case] step: Duration) {
    let start = datetime!(2026-11-23 09:00:01.123456789 UTC);
    let [submitted_at, paid_at, at] = [0, 1, 2].map(|steps| start + step * steps);
    let mut order = order(Draft);
    assert_eq!(order.submit(submitted_at), Ok(()));
    let mut cancelled = order.clone();
    assert_eq!(order.pay(paid_at), Ok(()));
    assert_eq!(order.ship(at), Ok(()));
    assert_eq!(order.state(), OrderState::Shipped { submitted_at, paid_at, at });
    assert_eq!(cancelled.cancel(at), Ok(()));
    let submitted_at = Some(submitted_at);
    assert_eq!(cancelled.state(), OrderState::Cancelled { submitted_at, at });
}

#[test]
fn order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    assert!(order.add_item(&espresso(3000, Jpy), quantity(1)).is_err());
    assert_eq!(order.submit(MONDAY), Err(SubmitError::Empty));
    assert_eq!(order.state(), OrderState::Draft);
    assert_eq!(order.add_item(&espresso(1890, Eur), quantity(1)), Ok(()));
    assert_eq!(order.submit(TUESDAY), Ok(()), "it has an item now");
}

#[test]
fn free_order_can_be_submitted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(0, Eur), quantity(1)).expect("an item");
    assert_eq!(order.submit(MONDAY), Ok(()), "it has an item, for nothing");
}

#[rstest]
#[case::submitted(order(Submitted))]
#[case::paid(order(Paid))]
#[case::shipped(order(Shipped))]
#[case::cancelled(order(Cancelled))]
#[case::cancelled_as_draft(withdrawn())]
fn only_draft_takes_items(#[case] order: Order) {
    let error = AddItemError::NotDraft(order.state().name());
    refuses(order.clone(), |order| adding(order, &espresso(1890, Eur)), error);
    refuses(order, |order| adding(order, &espresso(0, Eur)), error);
}

#[rstest]
#[case::another_currency(espresso(3000, Jpy))]
#[case::too_large_to_count(espresso(i64::MAX, Eur))]
fn state_is_checked_before_price(#[case] product: Product) {
    for state in [Submitted, Paid, Shipped, Cancelled] {
        let error = AddItemError::NotDraft(state);
        refuses(order(state), |order| adding(order, &product), error);
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

/// A day later than all of them, the time of one of them, and a day earlier.
const TIMES: [OffsetDateTime; 3] = [
    WEDNESDAY.saturating_add(Duration::DAY),
    TUESDAY,
    MONDAY.saturating_sub(Duration::DAY),
];

#[rstest]
#[case::submitted(order(Submitted))]
#[case::paid(order(Paid))]
#[case::shipped(order(Shipped))]
#[case::cancelled(order(Cancelled))]
#[case::cancelled_as_draft(withdrawn())]
fn only_draft_can_be_submitted(#[case] order: Order) {
    let error = SubmitError::NotDraft(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.submit(at), error);
    }
}

#[rstest]
#[case::draft(order(Draft))]
#[case::paid(order(Paid))]
#[case::shipped(order(Shipped))]
#[case::cancelled(order(Cancelled))]
#[case::cancelled_as_draft(withdrawn())]
fn only_submitted_order_can_be_paid(#[case] order: Order) {
    let error = PayError::NotSubmitted(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.pay(at), error);
    }
}

#[rstest]
#[case::draft(order(Draft))]
#[case::submitted(order(Submitted))]
#[case::shipped(order(Shipped))]
#[case::cancelled(order(Cancelled))]
#[case::cancelled_as_draft(withdrawn())]
fn only_paid_order_can_be_shipped(#[case] order: Order) {
    let error = ShipError::NotPaid(order.state().name());
    for at in TIMES {
        refuses(order.clone(), |order| order.ship(at), error);
    }
}

#[rstest]
#[case::paid(order(Paid), CancelError::TooLate(Paid))]
#[case::shipped(order(Shipped), CancelError::TooLate(Shipped))]
#[case::cancelled(order(Cancelled), CancelError::AlreadyCancelled)]
#[case::cancelled_as_draft(withdrawn(), CancelError::AlreadyCancelled)]
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

#[rstest]
#[case::draft(order(Draft), None)]
#[case::submitted(order(Submitted), Some(MONDAY))]
#[case::paid(order(Paid), Some(MONDAY))]
#[case::shipped(order(Shipped), Some(MONDAY))]
#[case::cancelled(order(Cancelled), Some(MONDAY))]
#[case::cancelled_as_draft(withdrawn(), None)]
fn state_knows_time_of_submission(
    #[case] order: Order,
    #[case] at: Option<OffsetDateTime>,
) {
    assert_eq!(order.state().submitted_at(), at);
}
