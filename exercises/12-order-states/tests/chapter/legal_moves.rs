//! Where an order is on its way, and how it gets on.

use rstest::rstest;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::desk::domain::{Currency::Eur, Order, OrderState};
use crate::{
    given::{draft, espresso, quantity},
    orders_by_state::{
        MONDAY, TUESDAY, WEDNESDAY, cancelled, cancelled_as_draft,
        draft_with_items, paid, shipped, submitted,
    },
};

#[test]
fn order_is_submitted_paid_and_shipped() {
    let mut order = draft_with_items();
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

#[rstest]
#[case::submitted(submitted())]
#[case::paid(paid())]
#[case::shipped(shipped())]
#[case::cancelled(cancelled())]
#[case::cancelled_as_draft(cancelled_as_draft())]
fn items_and_total_stay_as_in_the_draft(#[case] order: Order) {
    assert_eq!(order.items(), draft_with_items().items(), "the draft's items");
    assert_eq!(order.total().minor(), 4580, "what the draft cost");
}

#[test]
fn draft_can_be_cancelled() {
    for mut order in [draft(Eur), draft_with_items()] {
        assert_eq!(order.cancel(TUESDAY), Ok(()));
        let state = OrderState::Cancelled { submitted_at: None, at: TUESDAY };
        assert_eq!(order.state(), state, "it was never submitted");
    }
}

#[test]
fn submitted_order_can_be_cancelled() {
    let mut order = submitted();
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
    let mut order = draft_with_items();
    assert_eq!(order.submit(submitted_at), Ok(()));
    assert_eq!(order.state(), OrderState::Submitted { at: submitted_at });
    let mut cancelled = order.clone();
    assert_eq!(order.pay(paid_at), Ok(()));
    assert_eq!(order.state(), OrderState::Paid { submitted_at, at: paid_at });
    assert_eq!(order.ship(at), Ok(()));
    assert_eq!(order.state(), OrderState::Shipped { submitted_at, paid_at, at });
    assert_eq!(cancelled.cancel(at), Ok(()));
    let submitted_at = Some(submitted_at);
    assert_eq!(cancelled.state(), OrderState::Cancelled { submitted_at, at });
}

#[test]
fn free_order_can_be_submitted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(0, Eur), quantity(1)).expect("an item");
    assert_eq!(order.submit(MONDAY), Ok(()), "it has an item, for nothing");
    assert_eq!(order.state(), OrderState::Submitted { at: MONDAY });
    assert!(order.ship(TUESDAY).is_err(), "a free order is paid first as well");
    assert_eq!(order.state(), OrderState::Submitted { at: MONDAY });
    assert_eq!(order.pay(TUESDAY), Ok(()));
}

#[test]
fn refused_moves_leave_the_legal_ones() {
    let mut order = draft_with_items();
    assert!(order.pay(MONDAY).is_err(), "a draft is not paid");
    assert!(order.ship(MONDAY).is_err(), "a draft is not shipped");
    assert_eq!(order.submit(TUESDAY), Ok(()), "it is still a draft");
    assert!(order.submit(MONDAY).is_err(), "it is submitted once");
    assert!(order.ship(MONDAY).is_err(), "it is not paid");
    assert_eq!(order.pay(TUESDAY), Ok(()), "it is still submitted");
    assert!(order.submit(MONDAY).is_err(), "it is submitted once");
    assert!(order.cancel(MONDAY).is_err(), "it is paid");
    assert_eq!(order.ship(TUESDAY), Ok(()), "it is still paid");
}

#[rstest]
#[case::draft(draft_with_items(), None)]
#[case::submitted(submitted(), Some(MONDAY))]
#[case::paid(paid(), Some(MONDAY))]
#[case::shipped(shipped(), Some(MONDAY))]
#[case::cancelled(cancelled(), Some(MONDAY))]
#[case::cancelled_as_draft(cancelled_as_draft(), None)]
fn state_knows_time_of_submission(
    #[case] order: Order,
    #[case] at: Option<OffsetDateTime>,
) {
    assert_eq!(order.state().submitted_at(), at);
}
