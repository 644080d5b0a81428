//! Where an order is on its way, and what it can still do there.

use rstest::rstest;
use time::{Duration, OffsetDateTime};

use crate::desk::domain::{
    AddItemError, CancelError,
    Currency::{Eur, Jpy},
    OrderState, PayError, ShipError, StateName, SubmitError,
};
use crate::{
    given::{draft, espresso, quantity},
    orders_by_state::{MONDAY, TUESDAY, WEDNESDAY, order},
};

#[test]
fn an_order_is_submitted_paid_and_shipped() {
    let mut order = order(StateName::Draft);
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
fn a_draft_can_be_cancelled() {
    let mut order = order(StateName::Draft);
    assert_eq!(order.cancel(TUESDAY), Ok(()));
    let state = OrderState::Cancelled { submitted_at: None, at: TUESDAY };
    assert_eq!(order.state(), state, "it was never submitted");
}

#[test]
fn a_submitted_order_can_be_cancelled() {
    let mut order = order(StateName::Submitted);
    assert_eq!(order.cancel(TUESDAY), Ok(()));
    let state = OrderState::Cancelled { submitted_at: Some(MONDAY), at: TUESDAY };
    assert_eq!(order.state(), state);
}

#[test]
fn an_order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    let refused = order.submit(MONDAY);
    assert_eq!(refused, Err(SubmitError::Empty));
    assert_eq!(order.state(), OrderState::Draft);
}

const LATER: OffsetDateTime = WEDNESDAY.saturating_add(Duration::DAY);

#[rstest]
#[case::submitted(StateName::Submitted)]
#[case::paid(StateName::Paid)]
#[case::shipped(StateName::Shipped)]
#[case::cancelled(StateName::Cancelled)]
fn no_more_items_once_it_is(#[case] state: StateName) {
    let mut order = order(state);
    let refused = order.add_item(&espresso(1890, Eur), quantity(1));
    assert_eq!(refused, Err(AddItemError::NotDraft(state)));
    assert_eq!(order.items().len(), 1, "the order is as before");
}

#[test]
fn no_more_items_whatever_they_cost() {
    let mut order = order(StateName::Submitted);
    let refused = order.add_item(&espresso(3000, Jpy), quantity(1));
    let not_draft = AddItemError::NotDraft(StateName::Submitted);
    assert_eq!(refused, Err(not_draft), "the state is asked first");
}

#[test]
fn an_empty_draft_that_was_cancelled_stays_so() {
    let mut order = draft(Eur);
    order.cancel(MONDAY).expect("it is a draft");
    let (before, cancelled) = (order.state(), StateName::Cancelled);
    let refused = order.add_item(&espresso(1890, Eur), quantity(1));
    assert_eq!(refused, Err(AddItemError::NotDraft(cancelled)));
    assert_eq!(order.submit(TUESDAY), Err(SubmitError::NotDraft(cancelled)));
    assert_eq!(order.pay(TUESDAY), Err(PayError::NotSubmitted(cancelled)));
    assert_eq!(order.ship(TUESDAY), Err(ShipError::NotPaid(cancelled)));
    assert_eq!(order.cancel(TUESDAY), Err(CancelError::AlreadyCancelled));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::submitted(StateName::Submitted)]
#[case::paid(StateName::Paid)]
#[case::shipped(StateName::Shipped)]
#[case::cancelled(StateName::Cancelled)]
fn it_cannot_be_submitted_once_it_is(#[case] state: StateName) {
    let mut order = order(state);
    let before = order.state();
    assert_eq!(order.submit(LATER), Err(SubmitError::NotDraft(state)));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::a_draft(StateName::Draft)]
#[case::paid(StateName::Paid)]
#[case::shipped(StateName::Shipped)]
#[case::cancelled(StateName::Cancelled)]
fn it_cannot_be_paid_while_it_is(#[case] state: StateName) {
    let mut order = order(state);
    let before = order.state();
    assert_eq!(order.pay(LATER), Err(PayError::NotSubmitted(state)));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::a_draft(StateName::Draft)]
#[case::submitted(StateName::Submitted)]
#[case::shipped(StateName::Shipped)]
#[case::cancelled(StateName::Cancelled)]
fn it_cannot_be_shipped_while_it_is(#[case] state: StateName) {
    let mut order = order(state);
    let before = order.state();
    assert_eq!(order.ship(LATER), Err(ShipError::NotPaid(state)));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::paid(StateName::Paid, CancelError::TooLate(StateName::Paid))]
#[case::shipped(StateName::Shipped, CancelError::TooLate(StateName::Shipped))]
#[case::cancelled(StateName::Cancelled, CancelError::AlreadyCancelled)]
fn it_cannot_be_cancelled_once_it_is(
    #[case] state: StateName,
    #[case] error: CancelError,
) {
    let mut order = order(state);
    let before = order.state();
    assert_eq!(order.cancel(LATER), Err(error));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::a_draft(StateName::Draft, None)]
#[case::submitted(StateName::Submitted, Some(MONDAY))]
#[case::paid(StateName::Paid, Some(MONDAY))]
#[case::shipped(StateName::Shipped, Some(MONDAY))]
#[case::cancelled(StateName::Cancelled, Some(MONDAY))]
fn it_is_known_since_when_it_is_submitted(
    #[case] state: StateName,
    #[case] at: Option<OffsetDateTime>,
) {
    assert_eq!(order(state).state().submitted_at(), at);
}
