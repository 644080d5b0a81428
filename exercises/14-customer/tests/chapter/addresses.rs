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
fn an_address_keeps_its_lines_without_the_white_space_around_them() {
    let lines = AddressLines { city: " London\n", country: "gb", ..LINES };
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
#[case(AddressLines { recipient: " ", ..LINES }, AddressError::Empty("recipient"))]
#[case(AddressLines { street: "", ..LINES }, AddressError::Empty("street"))]
#[case(AddressLines { postal_code: "\t", ..LINES }, AddressError::Empty("postal code"))]
#[case(AddressLines { city: "", ..LINES }, AddressError::Empty("city"))]
#[case(AddressLines { country: "", ..LINES }, AddressError::Country)]
fn no_line_is_empty(#[case] lines: AddressLines<'_>, #[case] error: AddressError) {
    assert_eq!(Address::new(lines), Err(error));
}

#[rstest]
#[case("D")]
#[case("DEU")]
#[case("D1")]
#[case("1D")]
#[case("é")]
fn no_country_is(#[case] code: &str) {
    assert_eq!(Country::new(code), Err(AddressError::Country));
}
