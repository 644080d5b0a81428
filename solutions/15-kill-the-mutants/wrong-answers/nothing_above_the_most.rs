// Caught by: killed::too_many_are_a_thousand
// Replaces: src/tests/values.rs
//! Email addresses and quantities.

use proptest::prelude::*;
use rstest::rstest;

use crate::domain::{Email, EmailError, InvalidQuantity, Quantity};

#[test]
fn an_email_address_is_in_small_letters() {
    let email: Email = "Ada@Beans.Example".parse().expect("an address");
    assert_eq!(email.as_str(), "ada@beans.example");
}

#[rstest]
#[case("@", EmailError::Local)]
#[case("ada", EmailError::NotOneAt)]
fn no_email_address_is(#[case] text: &str, #[case] error: EmailError) {
    assert_eq!(text.parse::<Email>(), Err(error));
}

// ANCHOR: email
proptest! {
    #[test]
    fn capital_letters_make_no_other_address(name in "[a-zäöüéа-я]{1,12}") {
        let small: Email = format!("{name}@beans.example").parse().expect("an address");
        let capital = small.as_str().to_uppercase().parse();
        prop_assert_eq!(capital, Ok(small));
    }
}
// ANCHOR_END: email

// ANCHOR: quantity
#[rstest]
#[case::the_least(1)]
#[case::the_most(1000)]
fn a_quantity_is(#[case] number: u32) {
    assert_eq!(Quantity::new(number.into()).map(Quantity::get), Ok(number));
}

#[rstest]
#[case::one_too_few(0)]
#[case::less_than_nothing(-1)]
fn no_quantity_is(#[case] number: i64) {
    assert_eq!(Quantity::new(number), Err(InvalidQuantity));
}
// ANCHOR_END: quantity
