//! Where an order is on its way, and what it can still do there.

use rstest::rstest;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::desk::domain::{
    Currency::{Eur, Jpy},
    Order, OrderState,
};
use crate::given::{draft, espresso, quantity};

const MONDAY: OffsetDateTime = datetime!(2026-11-23 09:00 UTC);
const TUESDAY: OffsetDateTime = MONDAY.saturating_add(Duration::DAY);
const WEDNESDAY: OffsetDateTime = TUESDAY.saturating_add(Duration::DAY);

/// An order with one item in this state: submitted on Monday, paid on Tuesday, shipped on Wednesday; or cancelled on
/// Tuesday, after it was submitted.
fn order(state: &str) -> Order {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let moves: &[&str] = match state {
        "draft" => &[],
        "submitted" => &["submit"],
        "paid" => &["submit", "pay"],
        "shipped" => &["submit", "pay", "ship"],
        "cancelled" => &["submit", "cancel"],
        state => panic!("no state: {state}"),
    };
    for (step, at) in moves.iter().zip([MONDAY, TUESDAY, WEDNESDAY]) {
        attempt(&mut order, step, at).expect("a legal move");
    }
    assert_eq!(order.state().name(), state);
    order
}

fn attempt(
    order: &mut Order,
    step: &str,
    at: OffsetDateTime,
) -> Result<(), String> {
    match step {
        "add" => order.add_item(&espresso(1890, Eur), quantity(1)),
        "submit" => order.submit(at),
        "pay" => order.pay(at),
        "ship" => order.ship(at),
        "cancel" => order.cancel(at),
        step => panic!("no move: {step}"),
    }
}

#[test]
fn an_order_is_submitted_paid_and_shipped() {
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
fn a_draft_can_be_cancelled() {
    let mut order = order("draft");
    assert_eq!(order.cancel(TUESDAY), Ok(()));
    let state = OrderState::Cancelled { submitted_at: None, at: TUESDAY };
    assert_eq!(order.state(), state, "it was never submitted");
}

#[test]
fn a_submitted_order_can_be_cancelled() {
    let mut order = order("submitted");
    assert_eq!(order.cancel(TUESDAY), Ok(()));
    let state = OrderState::Cancelled { submitted_at: Some(MONDAY), at: TUESDAY };
    assert_eq!(order.state(), state);
}

#[test]
fn an_order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    let refused = order.submit(MONDAY);
    assert_eq!(
        refused,
        Err("an order without items cannot be submitted".to_owned())
    );
    assert_eq!(order.state(), OrderState::Draft);
}

#[rstest]
#[case::submitted("submitted")]
#[case::paid("paid")]
#[case::shipped("shipped")]
#[case::cancelled("cancelled")]
fn no_more_items_once_it_is(#[case] state: &str) {
    let mut order = order(state);
    let refused = attempt(&mut order, "add", WEDNESDAY);
    assert_eq!(refused, Err(format!("a {state} order takes no more items")));
    assert_eq!(order.items().len(), 1, "the order is as before");
}

#[test]
fn no_more_items_whatever_they_cost() {
    let mut order = order("submitted");
    let refused = order.add_item(&espresso(3000, Jpy), quantity(1));
    assert_eq!(
        refused,
        Err("a submitted order takes no more items".to_owned()),
        "the state is asked first"
    );
}

#[rstest]
#[case::added_to("add", "a cancelled order takes no more items")]
#[case::submitted("submit", "a cancelled order cannot be submitted")]
#[case::paid("pay", "a cancelled order cannot be paid")]
#[case::shipped("ship", "a cancelled order cannot be shipped")]
#[case::cancelled("cancel", "the order is cancelled already")]
fn an_empty_draft_that_was_cancelled_cannot_be(
    #[case] step: &str,
    #[case] message: &str,
) {
    let mut order = draft(Eur);
    order.cancel(MONDAY).expect("it is a draft");
    assert_eq!(attempt(&mut order, step, TUESDAY), Err(message.to_owned()));
    let state = OrderState::Cancelled { submitted_at: None, at: MONDAY };
    assert_eq!(order.state(), state, "a refused move changes nothing");
}

#[rstest]
#[case::submitted("submitted")]
#[case::paid("paid")]
#[case::shipped("shipped")]
#[case::cancelled("cancelled")]
fn it_cannot_be_submitted_once_it_is(#[case] state: &str) {
    refused(state, "submit", &format!("a {state} order cannot be submitted"));
}

#[rstest]
#[case::a_draft("draft")]
#[case::paid("paid")]
#[case::shipped("shipped")]
#[case::cancelled("cancelled")]
fn it_cannot_be_paid_while_it_is(#[case] state: &str) {
    refused(state, "pay", &format!("a {state} order cannot be paid"));
}

#[rstest]
#[case::a_draft("draft")]
#[case::submitted("submitted")]
#[case::shipped("shipped")]
#[case::cancelled("cancelled")]
fn it_cannot_be_shipped_while_it_is(#[case] state: &str) {
    refused(state, "ship", &format!("a {state} order cannot be shipped"));
}

#[rstest]
#[case::paid("paid", "a paid order cannot be cancelled")]
#[case::shipped("shipped", "a shipped order cannot be cancelled")]
#[case::cancelled("cancelled", "the order is cancelled already")]
fn it_cannot_be_cancelled_once_it_is(#[case] state: &str, #[case] message: &str) {
    refused(state, "cancel", message);
}

/// An order in this state refuses the step with this message, and is then as before.
fn refused(state: &str, step: &str, message: &str) {
    let mut order = order(state);
    let before = order.state();
    let later = WEDNESDAY + Duration::DAY;
    assert_eq!(attempt(&mut order, step, later), Err(message.to_owned()));
    assert_eq!(order.state(), before, "a refused move changes nothing");
}

#[rstest]
#[case::a_draft("draft", None)]
#[case::submitted("submitted", Some(MONDAY))]
#[case::paid("paid", Some(MONDAY))]
#[case::shipped("shipped", Some(MONDAY))]
#[case::cancelled("cancelled", Some(MONDAY))]
fn it_is_known_since_when_it_is_submitted(
    #[case] state: &str,
    #[case] at: Option<OffsetDateTime>,
) {
    assert_eq!(order(state).state().submitted_at(), at);
}
