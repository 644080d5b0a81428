//! Amounts of money.

use std::{
    iter::Sum,
    marker::PhantomData,
    ops::{Add, AddAssign},
};

use rstest::rstest;

use crate::desk::domain::{
    Currency::{self, Eur, Gbp, Jpy, Kwd, Usd},
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
fn amount_keeps_minor_units_and_currency() {
    assert_eq!(eur(1234).minor(), 1234);
    assert_eq!(eur(1234).currency(), Eur);
    assert_eq!(Money::zero(Jpy), jpy(0));
}

#[test]
fn amounts_of_different_currencies_are_unequal() {
    assert_ne!(eur(1000), jpy(1000));
    assert_ne!(eur(0), jpy(0));
}

#[test]
fn amounts_of_one_currency_are_added_and_subtracted() {
    for currency in Currency::ALL {
        let money = |minor| Money::from_minor(minor, currency);
        assert_eq!(money(1234).checked_add(money(766)), Ok(money(2000)));
        assert_eq!(money(1234).checked_add(money(-2000)), Ok(money(-766)));
        assert_eq!(money(1000).checked_sub(money(1)), Ok(money(999)));
        assert_eq!(money(1).checked_sub(money(1000)), Ok(money(-999)), "a refund");
    }
}

#[test]
fn adding_two_currencies_is_refused() {
    assert_eq!(eur(1000).checked_add(jpy(1000)), Err(MIXED));
    refuses_two_currencies(Money::checked_add);
}

#[test]
fn subtracting_two_currencies_is_refused() {
    assert_eq!(eur(1000).checked_sub(jpy(1000)), Err(MIXED));
    refuses_two_currencies(Money::checked_sub);
}

/// Whatever the numbers are: nothing, and what is too large as well.
#[track_caller]
fn refuses_two_currencies(
    calculate: fn(Money, Money) -> Result<Money, MoneyError>,
) {
    let numbers = [0, 1, -1000, i64::MAX, i64::MIN];
    for (left, right) in [(Eur, Jpy), (Jpy, Eur), (Eur, Usd), (Kwd, Gbp)] {
        for (one, other) in numbers.iter().flat_map(|&n| numbers.map(|m| (n, m))) {
            let (one, other) =
                (Money::from_minor(one, left), Money::from_minor(other, right));
            let expected = Err(MoneyError::Mixed { left, right });
            assert_eq!(calculate(one, other), expected, "{one:?} and {other:?}");
        }
    }
}

#[rstest]
#[case::adding(eur(i64::MAX).checked_add(eur(1)))]
#[case::adding_below_zero(eur(i64::MIN).checked_add(eur(-1)))]
#[case::subtracting(eur(i64::MIN).checked_sub(eur(1)))]
#[case::subtracting_the_smallest(eur(0).checked_sub(eur(i64::MIN)))]
#[case::multiplying(eur(i64::MAX / 2).checked_mul(3))]
#[case::multiplying_below_zero(eur(i64::MIN).checked_mul(2))]
#[case::multiplying_the_largest(eur(i64::MAX).checked_mul(u32::MAX))]
#[case::sum(Money::sum(Eur, [eur(i64::MAX), eur(1)]))]
#[case::sum_below_zero(Money::sum(Jpy, [jpy(i64::MIN), jpy(-1)]))]
fn too_large_result_is_an_overflow(#[case] result: Result<Money, MoneyError>) {
    assert_eq!(result, Err(MoneyError::Overflow));
}

#[test]
fn largest_results_are_exact() {
    assert_eq!(eur(i64::MAX - 1).checked_add(eur(1)), Ok(eur(i64::MAX)));
    assert_eq!(eur(i64::MIN).checked_add(eur(i64::MAX)), Ok(eur(-1)));
    assert_eq!(eur(-1).checked_sub(eur(i64::MIN)), Ok(eur(i64::MAX)));
    assert_eq!(eur(i64::MAX).checked_sub(eur(i64::MAX)), Ok(eur(0)));
    assert_eq!(eur(i64::MIN).checked_mul(1), Ok(eur(i64::MIN)));
    assert_eq!(eur(i64::MAX / 3).checked_mul(3), Ok(eur(i64::MAX - 1)));
    let sum = Money::sum(Eur, [eur(i64::MIN), eur(i64::MAX)]);
    assert_eq!(sum, Ok(eur(-1)));
}

#[test]
fn amount_is_multiplied() {
    assert_eq!(eur(1890).checked_mul(3), Ok(eur(5670)));
    assert_eq!(eur(-5).checked_mul(3), Ok(eur(-15)));
    assert_eq!(jpy(1890).checked_mul(0), Ok(jpy(0)));
    assert_eq!(eur(1).checked_mul(u32::MAX), Ok(eur(4_294_967_295)));
}

#[test]
fn sum_adds_all_amounts() {
    assert_eq!(Money::sum(Eur, [eur(1), eur(20), eur(300)]), Ok(eur(321)));
    assert_eq!(Money::sum(Jpy, [jpy(-1), jpy(20)]), Ok(jpy(19)));
}

#[test]
fn sum_of_nothing_is_zero_of_the_currency() {
    for currency in Currency::ALL {
        assert_eq!(Money::sum(currency, []), Ok(Money::zero(currency)));
    }
}

#[rstest]
#[case::second_amount(Eur, &[eur(1), jpy(1)])]
#[case::last_amount(Eur, &[eur(1), eur(2), jpy(1)])]
#[case::zero_yen(Eur, &[eur(1), jpy(0)])]
#[case::only_zero_yen(Eur, &[jpy(0)])]
#[case::only_yen(Eur, &[jpy(1), jpy(1)])]
#[case::as_many_decimals(Eur, &[eur(1), Money::from_minor(1, Usd)])]
#[case::euros_in_a_sum_of_yen(Jpy, &[jpy(1), eur(1)])]
fn sum_refuses_another_currency(#[case] left: Currency, #[case] amounts: &[Money]) {
    let right = amounts.last().expect("an amount").currency();
    let sum = Money::sum(left, amounts.iter().copied());
    assert_eq!(sum, Err(MoneyError::Mixed { left, right }), "asked for {left:?}");
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
#[case::fils_below_zero(-7, Kwd, "-0.007 KWD")]
#[case::no_cents(0, Eur, "0.00 EUR")]
#[case::tens_of_cents(10, Usd, "0.10 USD")]
#[case::whole_pounds(123_456_700, Gbp, "1234567.00 GBP")]
#[case::whole_dinars(-5000, Kwd, "-5.000 KWD")]
#[case::smallest(i64::MIN, Eur, "-92233720368547758.08 EUR")]
#[case::smallest_yen(i64::MIN, Jpy, "-9223372036854775808 JPY")]
#[case::smallest_dinars(i64::MIN, Kwd, "-9223372036854775.808 KWD")]
#[case::largest(i64::MAX, Eur, "92233720368547758.07 EUR")]
fn amount_is_shown_with_decimals_and_code(
    #[case] minor: i64,
    #[case] currency: Currency,
    #[case] text: &str,
) {
    assert_eq!(Money::from_minor(minor, currency).to_string(), text);
}

#[rstest]
#[case::divisible(eur(900), &[1, 1, 1], &[300, 300, 300])]
#[case::one_unit_left(eur(1000), &[1, 1, 1], &[334, 333, 333])]
#[case::two_units_left(eur(1001), &[1, 1, 1], &[334, 334, 333])]
#[case::in_proportion(eur(1000), &[70, 30], &[700, 300])]
#[case::one_cent_for_two(eur(1), &[1, 1], &[1, 0])]
#[case::nothing(eur(0), &[1, 2], &[0, 0])]
#[case::one_share(eur(-100), &[7], &[-100])]
#[case::refund(eur(-1000), &[1, 1, 1], &[-334, -333, -333])]
#[case::zero_share(eur(100), &[0, 1, 1, 1], &[0, 34, 33, 33])]
#[case::zero_shares_between(eur(-5), &[1, 0, 1, 0, 1], &[-2, 0, -2, 0, -1])]
#[case::yen(jpy(100), &[1, 1, 1], &[34, 33, 33])]
#[case::largest(eur(i64::MAX), &[u32::MAX, u32::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2])]
#[case::smallest(eur(i64::MIN), &[1, 1], &[i64::MIN / 2, i64::MIN / 2])]
#[case::smallest_for_three(eur(i64::MIN), &[1, 1, 1], &[i64::MIN / 3 - 1, i64::MIN / 3 - 1, i64::MIN / 3])]
#[case::smallest_for_one(eur(i64::MIN), &[0, u32::MAX], &[0, i64::MIN])]
#[case::largest_share_and_smallest(eur(1 << 32), &[u32::MAX, 1], &[u32::MAX as i64, 1])]
fn allocation_loses_no_unit(
    #[case] amount: Money,
    #[case] shares: &[u32],
    #[case] parts: &[i64],
) {
    allocates(amount, shares, parts);
}

#[rstest]
#[case::not_to_largest_remainder(eur(100), &[1, 2], &[34, 66])]
#[case::each_unit_once(eur(10), &[1, 2, 3], &[2, 3, 5])]
#[case::one_unit_each(eur(11), &[5, 3, 1, 1], &[6, 3, 1, 1])]
#[case::refund(eur(-100), &[1, 2], &[-34, -66])]
#[case::exact_part_too(eur(10), &[2, 1, 1], &[6, 2, 2])]
#[case::exact_part_of_a_refund(eur(-10), &[2, 1, 1], &[-6, -2, -2])]
fn leftover_units_go_to_first_parts(
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
fn hundreds_of_leftover_units_are_handed_out() {
    let parts = eur(300).allocate(&[1; 1000]).expect("somebody has a share");
    let minor: Vec<i64> = parts.iter().map(|part| part.minor()).collect();
    assert_eq!(minor[..300], [1; 300], "a cent for each of the first 300");
    assert_eq!(minor[300..], [0; 700], "nothing for the others");
}

#[test]
fn allocation_without_shares_is_refused() {
    for amount in [100, 0, -100] {
        for shares in [&[][..], &[0], &[0, 0]] {
            let refused = eur(amount).allocate(shares);
            assert_eq!(refused, Err(MoneyError::NoShares), "{amount}: {shares:?}");
        }
    }
}

#[test]
fn amount_below_zero_is_negative() {
    assert!(eur(-1).is_negative());
    assert!(!eur(0).is_negative());
}

/// What the compiler knows of a type: a constant of the type's own is taken before one of a trait.
struct Operators<T>(PhantomData<T>);

trait Without {
    const PLUS: bool = false;
    const PLUS_A_NUMBER: bool = false;
    const PLUS_EQUALS: bool = false;
    const ITERATOR_SUM: bool = false;
    const ITERATOR_SUM_OF_REFERENCES: bool = false;
    const ITERATOR_SUM_INTO_RESULT: bool = false;
    const LESS: bool = false;
    const LESS_THAN_A_NUMBER: bool = false;
}

impl<T> Without for Operators<T> {}

impl<T: Add> Operators<T> {
    const PLUS: bool = true;
}

impl<T: Add<i64>> Operators<T> {
    const PLUS_A_NUMBER: bool = true;
}

impl<T: AddAssign> Operators<T> {
    const PLUS_EQUALS: bool = true;
}

impl<T: Sum> Operators<T> {
    const ITERATOR_SUM: bool = true;
}

impl<T: for<'a> Sum<&'a T>> Operators<T> {
    const ITERATOR_SUM_OF_REFERENCES: bool = true;
}

impl<T> Operators<T>
where
    Result<T, MoneyError>: Sum<T>,
{
    const ITERATOR_SUM_INTO_RESULT: bool = true;
}

impl<T: PartialOrd<i64>> Operators<T> {
    const LESS_THAN_A_NUMBER: bool = true;
}

impl<T: PartialOrd> Operators<T> {
    const LESS: bool = true;
}

#[test]
fn money_has_no_plus_and_no_less() {
    /// Those that a type has, in this order.
    macro_rules! operators {
        ($of:ty) => {
            [
                Operators::<$of>::PLUS,
                Operators::<&$of>::PLUS,
                Operators::<$of>::PLUS_A_NUMBER,
                Operators::<$of>::PLUS_EQUALS,
                Operators::<$of>::ITERATOR_SUM,
                Operators::<$of>::ITERATOR_SUM_OF_REFERENCES,
                Operators::<$of>::LESS,
                Operators::<$of>::LESS_THAN_A_NUMBER,
            ]
        };
    }
    assert_eq!(operators!(i64), [true; 8]);
    assert_eq!(operators!(Money), [false; 8], "they could not say `Mixed`");
}

#[test]
fn money_has_no_sum_into_a_result() {
    struct Summed;
    impl Sum<Summed> for Result<Summed, MoneyError> {
        fn sum<I: Iterator<Item = Summed>>(_: I) -> Self {
            Ok(Summed)
        }
    }
    let has = [
        Operators::<Summed>::ITERATOR_SUM_INTO_RESULT,
        Operators::<Money>::ITERATOR_SUM_INTO_RESULT,
    ];
    assert_eq!(has, [true, false], "it could not say what nothing is zero of");
}
