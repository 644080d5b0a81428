//! Email addresses and quantities.

use crate::domain::{Email, Quantity};

#[test]
fn an_email_address_is_in_small_letters() {
    let email: Email = "Ada@Beans.Example".parse().expect("an address");
    assert_eq!(email.as_str(), "ada@beans.example");
}

#[test]
fn not_everything_is_an_email_address() {
    assert!("@".parse::<Email>().is_err());
    assert!("ada".parse::<Email>().is_err());
}

#[test]
fn a_quantity_is_from_1_to_1000() {
    assert_eq!(Quantity::new(1).map(Quantity::get), Ok(1));
    assert_eq!(Quantity::new(1000).map(Quantity::get), Ok(1000));
    assert!(Quantity::new(0).is_err());
    assert!(Quantity::new(2000).is_err());
}
