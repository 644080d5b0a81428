// Caught by: killed::shares_are_calculated_in_f64, killed::a_refund_loses_a_unit
// Replaces: src/tests/money.rs
//! Amounts of money.

use proptest::{collection::vec, prelude::*};
use rstest::rstest;

use crate::domain::{
    Currency::{Eur, Jpy},
    Money, MoneyError,
};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Eur)
}

// ANCHOR: table
#[rstest]
#[case::a_price_and_postage(eur(1890), eur(490), Ok(eur(2380)))]
#[case::a_refund(eur(1890), eur(-1890), Ok(eur(0)))]
#[case::the_most_and_nothing(eur(i64::MAX), eur(0), Ok(eur(i64::MAX)))]
#[case::one_too_much(eur(i64::MAX), eur(1), Err(MoneyError::Overflow))]
#[case::one_too_little(eur(i64::MIN), eur(-1), Err(MoneyError::Overflow))]
#[case::yen(eur(1890), Money::zero(Jpy), Err(MoneyError::Mixed { left: Eur, right: Jpy }))]
fn together_they_are(
    #[case] one: Money,
    #[case] other: Money,
    #[case] sum: Result<Money, MoneyError>,
) {
    assert_eq!(one.checked_add(other), sum);
}
// ANCHOR_END: table

#[test]
fn three_people_share_ten_euros() {
    let parts = eur(1000).allocate(&[1, 1, 1]);
    assert_eq!(parts, Ok(vec![eur(334), eur(333), eur(333)]));
}

// ANCHOR: shares
/// Who gets how much of it: up to six people, at least one of whom has a share.
fn shares() -> impl Strategy<Value = Vec<u32>> {
    vec(0..100_u32, 1..=6)
        .prop_filter("nobody has a share", |shares| shares.iter().any(|&s| s > 0))
}
// ANCHOR_END: shares

// ANCHOR: properties
proptest! {
    #[test]
    fn the_parts_add_up_to_the_amount(minor in 0..100_000_i64, shares in shares()) {
        let parts = eur(minor).allocate(&shares).expect("somebody has a share");
        let together: i128 = parts.iter().map(|part| i128::from(part.minor())).sum();
        prop_assert_eq!(together, i128::from(minor));
    }

    #[test]
    fn no_part_is_more_than_a_unit_off(minor in 0..100_000_i64, shares in shares()) {
        let parts = eur(minor).allocate(&shares).expect("somebody has a share");
        let all: i128 = shares.iter().copied().map(i128::from).sum();
        for (part, share) in parts.iter().zip(shares) {
            // Both sides times `all`, so that nothing is divided and nothing is rounded.
            let exact = i128::from(minor) * i128::from(share);
            let off = (i128::from(part.minor()) * all - exact).abs();
            prop_assert!(off <= all, "{part} for {share} of {all}");
            prop_assert!(share > 0 || part.minor() == 0, "{part} for no share");
        }
    }
}
// ANCHOR_END: properties
