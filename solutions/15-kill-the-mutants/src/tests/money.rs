//! Amounts of money.

use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;

use crate::domain::{
    Currency::{self, Eur, Jpy},
    Money, MoneyError,
};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Eur)
}

// ANCHOR: table
#[rstest]
#[case::price_and_postage(eur(1890), eur(490), Ok(eur(2380)))]
#[case::refund(eur(1890), eur(-1890), Ok(eur(0)))]
#[case::largest_amount_and_zero(eur(i64::MAX), eur(0), Ok(eur(i64::MAX)))]
#[case::overflow(eur(i64::MAX), eur(1), Err(MoneyError::Overflow))]
#[case::overflow_below_zero(eur(i64::MIN), eur(-1), Err(MoneyError::Overflow))]
#[case::another_currency(eur(1890), Money::zero(Jpy), Err(MoneyError::Mixed { left: Eur, right: Jpy }))]
fn amounts_are_added(
    #[case] one: Money,
    #[case] other: Money,
    #[case] sum: Result<Money, MoneyError>,
) {
    assert_eq!(one.checked_add(other), sum);
}
// ANCHOR_END: table

#[rstest]
#[case(-1, true)]
#[case(0, false)]
#[case(1, false)]
fn amount_below_zero_is_negative(#[case] minor: i64, #[case] negative: bool) {
    assert_eq!(eur(minor).is_negative(), negative);
}

#[test]
fn ten_euros_are_shared_by_three_people() {
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
    fn parts_add_up_to_amount(minor: i64, shares in shares()) {
        let parts = eur(minor).allocate(&shares).expect("somebody has a share");
        let together: i128 = parts.iter().map(|part| i128::from(part.minor())).sum();
        prop_assert_eq!(together, i128::from(minor));
    }

    #[test]
    fn no_part_is_more_than_one_unit_off(minor: i64, shares in shares()) {
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

// ANCHOR: more_properties
proptest! {
    #[test]
    fn subtraction_reverses_addition(one: i32, other: i32) {
        let (one, other) = (eur(one.into()), eur(other.into()));
        let sum = one.checked_add(other).expect("far from the largest");
        prop_assert_eq!(sum.checked_sub(other), Ok(one));
    }

    #[test]
    fn multiplication_is_repeated_addition(minor: i32, times in 0..20_u32) {
        let amount = eur(minor.into());
        let again_and_again = Money::sum(Eur, (0..times).map(|_| amount));
        prop_assert_eq!(amount.checked_mul(times), again_and_again);
    }

    #[test]
    fn shown_amount_is_exact(
        minor: i64,
        currency in select(&Currency::ALL[..]),
    ) {
        let text = Money::from_minor(minor, currency).to_string();
        let (number, code) = text.split_once(' ').expect("a number and a code");
        let decimals = number.split_once('.').map_or(0, |(_, digits)| digits.len());
        prop_assert_eq!(code, currency.code());
        prop_assert_eq!(decimals, currency.decimals() as usize);
        prop_assert_eq!(number.replace('.', "").parse(), Ok(minor));
    }
}
// ANCHOR_END: more_properties
