//! Where a parcel goes.

use rstest::rstest;

use crate::desk::domain::{Address, AddressError, AddressLines, Country};

const LINES: AddressLines<'static> = AddressLines {
    recipient: "Ada Lovelace",
    street: "Bean Street 12",
    postal_code: "W1D 4BB",
    city: "London",
    country: "GB",
};

#[test]
fn address_lines_are_trimmed() {
    let lines = AddressLines {
        recipient: "\tAda Lovelace",
        street: "Bean Street 12 ",
        postal_code: "\u{a0}W1D 4BB\n",
        city: " London\n",
        country: " gb ",
    };
    let address = Address::new(lines).expect("an address");
    assert_eq!(address.recipient(), "Ada Lovelace");
    assert_eq!(address.street(), "Bean Street 12");
    assert_eq!(address.postal_code(), "W1D 4BB");
    assert_eq!(address.city(), "London");
    assert_eq!(address.country().as_str(), "GB");
    assert_eq!(
        Ok(address),
        Address::new(LINES),
        "the same lines are the same address"
    );
}

#[rstest]
#[case::recipient(AddressLines { recipient: " ", ..LINES }, AddressError::Empty("recipient"))]
#[case::street(AddressLines { street: "", ..LINES }, AddressError::Empty("street"))]
#[case::postal_code(AddressLines { postal_code: "\t", ..LINES }, AddressError::Empty("postal code"))]
#[case::city(AddressLines { city: "", ..LINES }, AddressError::Empty("city"))]
#[case::country(AddressLines { country: "", ..LINES }, AddressError::Country)]
fn empty_line_is_refused(
    #[case] lines: AddressLines<'_>,
    #[case] error: AddressError,
) {
    assert_eq!(Address::new(lines), Err(error));
}

#[rstest]
#[case::one_letter("D")]
#[case::three_letters("DEU")]
#[case::digit_at_the_end("D1")]
#[case::digit_at_the_start("1D")]
#[case::two_bytes("é")]
fn invalid_country_is_refused(#[case] code: &str) {
    assert_eq!(Country::new(code), Err(AddressError::Country));
}
