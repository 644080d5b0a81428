//! What the errors mean, each of them.
//!
//! The functions below name every variant and have no arm for the rest: a new variant does not compile here until
//! somebody has said what it means.

use rstest::rstest;

use crate::desk::domain::{
    AddItemError, CancelError, Currency, Meaning, MoneyError, PayError, ShipError,
    StateName, SubmitError,
};

const STATES: [StateName; 5] = [
    StateName::Draft,
    StateName::Submitted,
    StateName::Paid,
    StateName::Shipped,
    StateName::Cancelled,
];

// ANCHOR: table
fn of_adding(error: AddItemError) -> Meaning {
    match error {
        AddItemError::NotDraft(_) => Meaning::Conflict,
        AddItemError::Price(MoneyError::Mixed { .. }) => Meaning::Invalid,
        AddItemError::Price(MoneyError::Overflow) => Meaning::Invalid,
        AddItemError::Price(MoneyError::NoShares) => Meaning::Invalid,
    }
}

fn of_submitting(error: SubmitError) -> Meaning {
    match error {
        SubmitError::Empty => Meaning::Invalid,
        SubmitError::NotDraft(_) => Meaning::Conflict,
    }
}
// ANCHOR_END: table

fn of_paying(error: PayError) -> Meaning {
    match error {
        PayError::NotSubmitted(_) => Meaning::Conflict,
    }
}

fn of_shipping(error: ShipError) -> Meaning {
    match error {
        ShipError::NotPaid(_) => Meaning::Conflict,
    }
}

fn of_cancelling(error: CancelError) -> Meaning {
    match error {
        CancelError::AlreadyCancelled => Meaning::Conflict,
        CancelError::TooLate(_) => Meaning::Conflict,
    }
}

#[test]
fn an_item_that_is_refused_is_a_conflict_or_invalid() {
    let mixed = MoneyError::Mixed { left: Currency::Eur, right: Currency::Jpy };
    let prices = [mixed, MoneyError::Overflow, MoneyError::NoShares];
    let errors = STATES.map(AddItemError::NotDraft);
    for error in errors.into_iter().chain(prices.map(AddItemError::Price)) {
        assert_eq!(error.meaning(), of_adding(error), "{error}");
    }
}

#[test]
fn an_empty_order_is_invalid_and_a_sent_one_is_a_conflict() {
    let errors = STATES.map(SubmitError::NotDraft);
    for error in errors.into_iter().chain([SubmitError::Empty]) {
        assert_eq!(error.meaning(), of_submitting(error), "{error}");
    }
}

#[test]
fn paying_and_shipping_at_the_wrong_time_is_a_conflict() {
    for state in STATES {
        let (pay, ship) =
            (PayError::NotSubmitted(state), ShipError::NotPaid(state));
        assert_eq!(pay.meaning(), of_paying(pay), "{pay}");
        assert_eq!(ship.meaning(), of_shipping(ship), "{ship}");
    }
}

#[test]
fn cancelling_too_late_or_twice_is_a_conflict() {
    let errors = STATES.map(CancelError::TooLate);
    for error in errors.into_iter().chain([CancelError::AlreadyCancelled]) {
        assert_eq!(error.meaning(), of_cancelling(error), "{error}");
    }
}

#[rstest]
#[case(SubmitError::Empty.to_string(), "an order without items cannot be submitted")]
#[case(SubmitError::NotDraft(StateName::Paid).to_string(), "a paid order cannot be submitted")]
#[case(AddItemError::NotDraft(StateName::Submitted).to_string(), "a submitted order takes no more items")]
#[case(AddItemError::Price(MoneyError::Overflow).to_string(), "the amount is beyond what can be counted")]
#[case(PayError::NotSubmitted(StateName::Cancelled).to_string(), "a cancelled order cannot be paid")]
#[case(ShipError::NotPaid(StateName::Draft).to_string(), "a draft order cannot be shipped")]
#[case(CancelError::TooLate(StateName::Shipped).to_string(), "a shipped order cannot be cancelled")]
#[case(CancelError::AlreadyCancelled.to_string(), "the order is cancelled already")]
fn people_read(#[case] error: String, #[case] text: &str) {
    assert_eq!(error, text);
}
