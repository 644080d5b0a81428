//! Email addresses and quantities.

use crate::domain::{Email, Quantity};

#[test]
fn email_is_shown_in_lower_case() {
    let email: Email = "Ada@Beans.Example".parse().expect("an address");
    assert_eq!(email.as_str(), "ada@beans.example");
}

#[test]
fn invalid_email_is_refused() {
    assert!("@".parse::<Email>().is_err());
    assert!("ada".parse::<Email>().is_err());
}

#[test]
fn quantity_is_from_1_to_1000() {
    assert_eq!(Quantity::new(1).map(Quantity::get), Ok(1));
    assert_eq!(Quantity::new(1000).map(Quantity::get), Ok(1000));
    assert!(Quantity::new(0).is_err());
    assert!(Quantity::new(2000).is_err());
}
