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
fn refused_item_is_a_conflict_or_invalid() {
    let errors = STATES.map(AddItemError::NotDraft);
    for error in errors.into_iter().chain(prices().map(AddItemError::Price)) {
        assert_eq!(error.meaning(), of_adding(error), "{error}");
    }
}

/// Two currencies, in both directions, and all the others.
fn prices() -> [MoneyError; 4] {
    let mixed = |left, right| MoneyError::Mixed { left, right };
    [
        mixed(Currency::Eur, Currency::Jpy),
        mixed(Currency::Kwd, Currency::Eur),
        MoneyError::Overflow,
        MoneyError::NoShares,
    ]
}

#[test]
fn empty_order_is_invalid_and_sent_order_is_a_conflict() {
    let errors = STATES.map(SubmitError::NotDraft);
    for error in errors.into_iter().chain([SubmitError::Empty]) {
        assert_eq!(error.meaning(), of_submitting(error), "{error}");
    }
}

#[test]
fn paying_and_shipping_at_the_wrong_time_are_conflicts() {
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
#[case::empty(SubmitError::Empty, "an order without items cannot be submitted")]
#[case::cancelled(CancelError::AlreadyCancelled, "the order is cancelled already")]
#[case::overflow(
    AddItemError::Price(MoneyError::Overflow),
    "the amount is beyond what can be counted"
)]
fn error_is_shown_as_sentence(#[case] error: impl ToString, #[case] text: &str) {
    assert_eq!(error.to_string(), text);
}

#[test]
fn error_names_the_state() {
    for state in STATES {
        let texts = [
            AddItemError::NotDraft(state).to_string(),
            SubmitError::NotDraft(state).to_string(),
            PayError::NotSubmitted(state).to_string(),
            ShipError::NotPaid(state).to_string(),
            CancelError::TooLate(state).to_string(),
        ];
        let endings = [
            "takes no more items",
            "cannot be submitted",
            "cannot be paid",
            "cannot be shipped",
            "cannot be cancelled",
        ];
        assert_eq!(
            texts,
            endings.map(|ending| format!("a {state} order {ending}"))
        );
    }
}

#[test]
fn price_error_is_shown_as_the_money_error() {
    for price in prices() {
        assert_eq!(AddItemError::Price(price).to_string(), price.to_string());
        assert_eq!(AddItemError::from(price), AddItemError::Price(price));
    }
}
