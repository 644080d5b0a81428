//! Email addresses and quantities.

use proptest::prelude::*;
use rstest::rstest;

use crate::domain::{Email, EmailError, InvalidQuantity, Quantity};

#[test]
fn email_is_shown_in_lower_case() {
    let email: Email = "Ada@Beans.Example".parse().expect("an address");
    assert_eq!(email.as_str(), "ada@beans.example");
}

#[rstest]
#[case("@", EmailError::Local)]
#[case("ada", EmailError::NotOneAt)]
fn invalid_email_is_refused(#[case] text: &str, #[case] error: EmailError) {
    assert_eq!(text.parse::<Email>(), Err(error));
}

// ANCHOR: email
proptest! {
    #[test]
    fn emails_differing_in_case_are_equal(name in "[a-zäöüéа-я]{1,12}") {
        let small: Email = format!("{name}@beans.example").parse().expect("an address");
        let capital = small.as_str().to_uppercase().parse();
        prop_assert_eq!(capital, Ok(small));
    }
}
// ANCHOR_END: email

// ANCHOR: quantity
#[rstest]
#[case::minimum(1)]
#[case::maximum(1000)]
fn valid_quantity_is_accepted(#[case] number: u32) {
    assert_eq!(Quantity::new(number.into()).map(Quantity::get), Ok(number));
}

#[rstest]
#[case::zero(0)]
#[case::one_too_many(1001)]
#[case::negative(-1)]
#[case::beyond_32_bits(4_294_967_297)]
fn invalid_quantity_is_refused(#[case] number: i64) {
    assert_eq!(Quantity::new(number), Err(InvalidQuantity));
}
// ANCHOR_END: quantity
