//! Amounts of money.

use crate::domain::{
    Currency::{Eur, Jpy},
    Money,
};

#[test]
fn amounts_are_added() {
    let price = Money::from_minor(1890, Eur);
    let postage = Money::from_minor(490, Eur);
    assert_eq!(price.checked_add(postage), Ok(Money::from_minor(2380, Eur)));
}

#[test]
fn euros_and_yen_are_not_added() {
    let price = Money::from_minor(1890, Eur);
    assert!(price.checked_add(Money::from_minor(490, Jpy)).is_err());
}

#[test]
fn ten_euros_are_shared_by_three_people() {
    let parts =
        Money::from_minor(1000, Eur).allocate(&[1, 1, 1]).expect("three parts");
    assert_eq!(parts.len(), 3);
    assert_eq!(format!("{:?}", parts[0]), "Money { minor: 334, currency: Eur }");
}
