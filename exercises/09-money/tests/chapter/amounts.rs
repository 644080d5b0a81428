//! Amounts of money.

use rstest::rstest;

use crate::desk::domain::{
    Currency::{self, Eur, Jpy, Kwd},
    Money, MoneyError,
};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Eur)
}

fn jpy(minor: i64) -> Money {
    Money::from_minor(minor, Jpy)
}

const MIXED: MoneyError = MoneyError::Mixed { left: Eur, right: Jpy };

#[test]
fn an_amount_keeps_its_minor_units_and_its_currency() {
    assert_eq!(eur(1234).minor(), 1234);
    assert_eq!(eur(1234).currency(), Eur);
    assert_eq!(Money::zero(Jpy), jpy(0));
}

#[test]
fn the_same_number_in_another_currency_is_another_amount() {
    assert_ne!(eur(1000), jpy(1000));
}

#[test]
fn amounts_of_one_currency_add_up() {
    assert_eq!(eur(1234).checked_add(eur(766)), Ok(eur(2000)));
    assert_eq!(eur(1234).checked_add(eur(-2000)), Ok(eur(-766)));
}

#[test]
fn two_currencies_are_not_added() {
    assert_eq!(eur(1000).checked_add(jpy(1000)), Err(MIXED));
    assert_eq!(eur(1000).checked_add(jpy(0)), Err(MIXED), "not even nothing");
    assert_eq!(eur(0).checked_add(jpy(1000)), Err(MIXED), "not even to nothing");
    assert_eq!(
        eur(i64::MAX).checked_add(jpy(1)),
        Err(MIXED),
        "whatever the numbers are"
    );
}

#[test]
fn two_currencies_are_not_subtracted() {
    assert_eq!(eur(1000).checked_sub(jpy(1000)), Err(MIXED));
    assert_eq!(eur(1000).checked_sub(jpy(0)), Err(MIXED), "not even nothing");
    assert_eq!(
        eur(i64::MIN).checked_sub(jpy(1)),
        Err(MIXED),
        "whatever the numbers are"
    );
    assert_eq!(eur(1000).checked_sub(eur(1)), Ok(eur(999)));
    assert_eq!(eur(1).checked_sub(eur(1000)), Ok(eur(-999)), "a refund");
}

#[rstest]
#[case::adding(eur(i64::MAX).checked_add(eur(1)))]
#[case::subtracting(eur(i64::MIN).checked_sub(eur(1)))]
#[case::multiplying(eur(i64::MAX / 2).checked_mul(3))]
#[case::a_sum(Money::sum(Eur, [eur(i64::MAX), eur(1)]))]
#[case::subtracting_the_smallest(eur(0).checked_sub(eur(i64::MIN)))]
fn what_cannot_be_counted_is_an_error(#[case] result: Result<Money, MoneyError>) {
    assert_eq!(result, Err(MoneyError::Overflow));
}

#[test]
fn what_can_be_counted_is_no_error() {
    assert_eq!(eur(-1).checked_sub(eur(i64::MIN)), Ok(eur(i64::MAX)));
    assert_eq!(eur(i64::MAX).checked_sub(eur(i64::MAX)), Ok(eur(0)));
    assert_eq!(eur(i64::MIN).checked_mul(1), Ok(eur(i64::MIN)));
}

#[test]
fn an_amount_is_multiplied() {
    assert_eq!(eur(1890).checked_mul(3), Ok(eur(5670)));
    assert_eq!(eur(-5).checked_mul(3), Ok(eur(-15)));
    assert_eq!(jpy(1890).checked_mul(0), Ok(jpy(0)));
    assert_eq!(eur(1).checked_mul(u32::MAX), Ok(eur(4_294_967_295)));
}

#[test]
fn a_sum_is_all_together() {
    assert_eq!(Money::sum(Eur, [eur(1), eur(20), eur(300)]), Ok(eur(321)));
}

#[test]
fn nothing_sums_to_zero_of_a_currency() {
    assert_eq!(Money::sum(Jpy, []), Ok(jpy(0)));
}

#[test]
fn a_sum_has_one_currency() {
    assert_eq!(Money::sum(Eur, [eur(1), jpy(1)]), Err(MIXED));
    assert_eq!(Money::sum(Eur, [eur(1), jpy(0)]), Err(MIXED), "not even nothing");
    assert_eq!(Money::sum(Eur, [jpy(0)]), Err(MIXED), "not even nothing");
    assert_eq!(
        Money::sum(Eur, [jpy(1), jpy(1)]),
        Err(MIXED),
        "it was asked for euros"
    );
}

#[rstest]
#[case::euros(1234, Eur, "12.34 EUR")]
#[case::only_cents(5, Eur, "0.05 EUR")]
#[case::only_cents_below_zero(-5, Eur, "-0.05 EUR")]
#[case::euros_below_zero(-1234, Eur, "-12.34 EUR")]
#[case::yen(1234, Jpy, "1234 JPY")]
#[case::dinars(1234, Kwd, "1.234 KWD")]
#[case::only_fils(7, Kwd, "0.007 KWD")]
#[case::no_yen(0, Jpy, "0 JPY")]
#[case::yen_below_zero(-1234, Jpy, "-1234 JPY")]
#[case::the_smallest(i64::MIN, Eur, "-92233720368547758.08 EUR")]
fn people_read(#[case] minor: i64, #[case] currency: Currency, #[case] text: &str) {
    assert_eq!(Money::from_minor(minor, currency).to_string(), text);
}

#[rstest]
#[case::it_divides(eur(900), &[1, 1, 1], &[300, 300, 300])]
#[case::one_is_left(eur(1000), &[1, 1, 1], &[334, 333, 333])]
#[case::two_are_left(eur(1001), &[1, 1, 1], &[334, 334, 333])]
#[case::in_proportion(eur(1000), &[70, 30], &[700, 300])]
#[case::a_cent_for_two(eur(1), &[1, 1], &[1, 0])]
#[case::a_refund(eur(-1000), &[1, 1, 1], &[-334, -333, -333])]
#[case::who_has_no_share_gets_nothing(eur(100), &[0, 1, 1, 1], &[0, 34, 33, 33])]
#[case::yen(jpy(100), &[1, 1, 1], &[34, 33, 33])]
#[case::large(eur(i64::MAX), &[u32::MAX, u32::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2])]
fn no_unit_is_lost(
    #[case] amount: Money,
    #[case] shares: &[u32],
    #[case] parts: &[i64],
) {
    allocates(amount, shares, parts);
}

#[rstest]
#[case::not_to_whom_it_is_nearest(eur(100), &[1, 2], &[34, 66])]
#[case::and_is_counted_once(eur(10), &[1, 2, 3], &[2, 3, 5])]
#[case::one_each(eur(11), &[5, 3, 1, 1], &[6, 3, 1, 1])]
#[case::a_refund(eur(-100), &[1, 2], &[-34, -66])]
fn what_does_not_divide_goes_to_the_first(
    #[case] amount: Money,
    #[case] shares: &[u32],
    #[case] parts: &[i64],
) {
    allocates(amount, shares, parts);
}

/// The amount is handed out in these parts, all of it.
#[track_caller]
fn allocates(amount: Money, shares: &[u32], parts: &[i64]) {
    let allocated = amount.allocate(shares).expect("somebody has a share");
    let minor: Vec<i64> = allocated.iter().map(|part| part.minor()).collect();
    assert_eq!(minor, parts);
    assert_eq!(
        Money::sum(amount.currency(), allocated),
        Ok(amount),
        "nothing is lost"
    );
}

#[test]
fn without_shares_there_is_nothing_to_allocate_to() {
    assert_eq!(eur(100).allocate(&[]), Err(MoneyError::NoShares));
    assert_eq!(eur(100).allocate(&[0, 0]), Err(MoneyError::NoShares));
    assert_eq!(eur(0).allocate(&[]), Err(MoneyError::NoShares));
    assert_eq!(eur(0).allocate(&[0]), Err(MoneyError::NoShares));
}

#[test]
fn less_than_nothing_is_negative() {
    assert!(eur(-1).is_negative());
    assert!(!eur(0).is_negative());
}
