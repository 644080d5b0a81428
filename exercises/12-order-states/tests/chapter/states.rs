//! Where an order is on its way, and what it can still do there.

use rstest::rstest;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::desk::domain::{
    Currency::{Eur, Jpy},
    Order, OrderState, Product,
};
use crate::given::{draft, espresso, quantity};

const MONDAY: OffsetDateTime = datetime!(2026-11-23 09:00 UTC);
const TUESDAY: OffsetDateTime = MONDAY.saturating_add(Duration::DAY);
const WEDNESDAY: OffsetDateTime = TUESDAY.saturating_add(Duration::DAY);

/// An order with one item in this state: submitted on Monday, paid on Tuesday, shipped on Wednesday; or cancelled on
/// Tuesday, after it was submitted. "withdrawn" is cancelled on Monday, as a draft.
fn order(state: &str) -> Order {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let moves: &[&str] = match state {
        "draft" => &[],
        "submitted" => &["submit"],
        "paid" => &["submit", "pay"],
        "shipped" => &["submit", "pay", "ship"],
        "cancelled" => &["submit", "cancel"],
        "withdrawn" => &["cancel"],
        state => panic!("no state: {state}"),
    };
    for (step, at) in moves.iter().zip([MONDAY, TUESDAY, WEDNESDAY]) {
        attempt(&mut order, step, at).expect("a legal move");
    }
    let name = if state == "withdrawn" { "cancelled" } else { state };
    assert_eq!(order.state().name(), name);
    order
}

fn attempt(
    order: &mut Order,
    step: &str,
    at: OffsetDateTime,
) -> Result<(), String> {
    match step {
        "submit" => order.submit(at),
        "pay" => order.pay(at),
        "ship" => order.ship(at),
        "cancel" => order.cancel(at),
        step => panic!("no move: {step}"),
    }
}

#[test]
fn order_is_submitted_paid_and_shipped() {
    let mut order = order("draft");
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
    for state in ["draft", "submitted", "paid", "shipped", "cancelled", "withdrawn"]
    {
        let order = order(state);
        assert_eq!(order.items().len(), 1, "{state}: the item of the draft");
        assert_eq!(order.items()[0].subtotal().minor(), 1890, "{state}");
        assert_eq!(order.total().minor(), 1890, "{state}: what it cost as a draft");
    }
}

#[test]
fn draft_can_be_cancelled() {
    for mut order in [draft(Eur), order("draft")] {
        assert_eq!(order.cancel(TUESDAY), Ok(()));
        let state = OrderState::Cancelled { submitted_at: None, at: TUESDAY };
        assert_eq!(order.state(), state, "it was never submitted");
    }
}

#[test]
fn submitted_order_can_be_cancelled() {
    let mut order = order("submitted");
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
    let mut order = order("draft");
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

#[test]
fn free_order_can_be_submitted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(0, Eur), quantity(1)).expect("an item");
    assert_eq!(order.submit(MONDAY), Ok(()), "it has an item, for nothing");
    assert_eq!(order.state(), OrderState::Submitted { at: MONDAY });
}

#[rstest]
#[case::submitted("submitted", "a submitted order takes no more items")]
#[case::paid("paid", "a paid order takes no more items")]
#[case::shipped("shipped", "a shipped order takes no more items")]
#[case::cancelled("cancelled", "a cancelled order takes no more items")]
#[case::cancelled_as_draft("withdrawn", "a cancelled order takes no more items")]
fn only_draft_takes_items(#[case] state: &str, #[case] message: &str) {
    let mut order = order(state);
    takes_no_item(&mut order, &espresso(1890, Eur), message);
    takes_no_item(&mut order, &espresso(0, Eur), message);
}

#[rstest]
#[case::another_currency(espresso(3000, Jpy))]
#[case::too_large_to_count(espresso(i64::MAX, Eur))]
fn state_is_checked_before_price(#[case] product: Product) {
    for state in ["submitted", "paid", "shipped", "cancelled"] {
        let message = format!("a {state} order takes no more items");
        takes_no_item(&mut order(state), &product, &message);
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

#[rstest]
#[case::submitted("submit", "a cancelled order cannot be submitted")]
#[case::paid("pay", "a cancelled order cannot be paid")]
#[case::shipped("ship", "a cancelled order cannot be shipped")]
#[case::cancelled("cancel", "the order is cancelled already")]
fn cancelled_empty_draft_cannot_be(#[case] step: &str, #[case] message: &str) {
    let mut order = draft(Eur);
    order.cancel(MONDAY).expect("it is a draft");
    refuses(order.clone(), step, message);
    let no_more = "a cancelled order takes no more items";
    takes_no_item(&mut order, &espresso(1890, Eur), no_more);
}

#[rstest]
#[case::submitted("submitted", "a submitted order cannot be submitted")]
#[case::paid("paid", "a paid order cannot be submitted")]
#[case::shipped("shipped", "a shipped order cannot be submitted")]
#[case::cancelled("cancelled", "a cancelled order cannot be submitted")]
#[case::cancelled_as_draft("withdrawn", "a cancelled order cannot be submitted")]
fn only_draft_can_be_submitted(#[case] state: &str, #[case] message: &str) {
    refuses(order(state), "submit", message);
}

#[rstest]
#[case::draft("draft", "a draft order cannot be paid")]
#[case::paid("paid", "a paid order cannot be paid")]
#[case::shipped("shipped", "a shipped order cannot be paid")]
#[case::cancelled("cancelled", "a cancelled order cannot be paid")]
#[case::cancelled_as_draft("withdrawn", "a cancelled order cannot be paid")]
fn only_submitted_order_can_be_paid(#[case] state: &str, #[case] message: &str) {
    refuses(order(state), "pay", message);
}

#[rstest]
#[case::draft("draft", "a draft order cannot be shipped")]
#[case::submitted("submitted", "a submitted order cannot be shipped")]
#[case::shipped("shipped", "a shipped order cannot be shipped")]
#[case::cancelled("cancelled", "a cancelled order cannot be shipped")]
#[case::cancelled_as_draft("withdrawn", "a cancelled order cannot be shipped")]
fn only_paid_order_can_be_shipped(#[case] state: &str, #[case] message: &str) {
    refuses(order(state), "ship", message);
}

#[rstest]
#[case::paid("paid", "a paid order cannot be cancelled")]
#[case::shipped("shipped", "a shipped order cannot be cancelled")]
#[case::cancelled("cancelled", "the order is cancelled already")]
#[case::cancelled_as_draft("withdrawn", "the order is cancelled already")]
fn late_cancellation_is_refused(#[case] state: &str, #[case] message: &str) {
    refuses(order(state), "cancel", message);
}

/// The order refuses the step with this message, at whatever time, and is then as before.
#[track_caller]
fn refuses(mut order: Order, step: &str, message: &str) {
    let before = order.clone();
    for at in [WEDNESDAY + Duration::DAY, TUESDAY, MONDAY - Duration::DAY] {
        assert_eq!(attempt(&mut order, step, at), Err(message.to_owned()));
        unchanged(&order, &before);
    }
}

#[track_caller]
fn unchanged(order: &Order, before: &Order) {
    assert_eq!(order.state(), before.state(), "a refused move changes nothing");
    assert_eq!(order.items(), before.items(), "a refused move changes nothing");
}

#[test]
fn refused_moves_leave_the_legal_ones() {
    let mut order = order("draft");
    for (legal, refused) in [
        ("submit", ["pay", "ship"]),
        ("pay", ["submit", "ship"]),
        ("ship", ["submit", "cancel"]),
    ] {
        for step in refused {
            assert!(attempt(&mut order, step, MONDAY).is_err(), "{step}");
        }
        assert_eq!(attempt(&mut order, legal, TUESDAY), Ok(()), "{legal}");
    }
}

#[rstest]
#[case::draft("draft", None)]
#[case::submitted("submitted", Some(MONDAY))]
#[case::paid("paid", Some(MONDAY))]
#[case::shipped("shipped", Some(MONDAY))]
#[case::cancelled("cancelled", Some(MONDAY))]
#[case::cancelled_as_draft("withdrawn", None)]
fn state_knows_time_of_submission(
    #[case] state: &str,
    #[case] at: Option<OffsetDateTime>,
) {
    assert_eq!(order(state).state().submitted_at(), at);
}
