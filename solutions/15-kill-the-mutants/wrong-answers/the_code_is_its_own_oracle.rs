// Caught by: killed::too_much_is_the_most, killed::a_refund_loses_a_unit, killed::the_first_gets_all_that_is_left
// Replaces: src/tests/money.rs
//! Amounts of money.

use proptest::{collection::vec, prelude::*};

use crate::domain::{Currency::Eur, Money};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Eur)
}

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

proptest! {
    #[test]
    fn it_does_not_matter_which_comes_first(one: i64, other: i64) {
        prop_assert_eq!(eur(one).checked_add(eur(other)), eur(other).checked_add(eur(one)));
    }

    #[test]
    fn the_parts_add_up_to_the_amount(minor: i64, shares in shares()) {
        let parts = eur(minor).allocate(&shares).expect("somebody has a share");
        let expected = eur(minor).allocate(&shares).expect("somebody has a share");
        prop_assert_eq!(Money::sum(Eur, parts), Money::sum(Eur, expected));
    }
}
