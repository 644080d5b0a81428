// Caught by: killed::a_sixth_address_fits, killed::the_others_change_places, killed::the_last_one_fills_the_gap
// Replaces: src/tests/customers.rs
//! Who buys, and where it is sent.

use super::given::{customer_of_houses, house};
use crate::domain::Customer;

/// The numbers of the houses, the primary address first.
fn houses(customer: &Customer) -> Vec<u8> {
    customer.addresses().map(|(id, _)| id.uuid().as_u128() as u8).collect()
}

#[test]
fn the_first_address_is_the_primary_one() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(houses(&customer), [1, 2, 3]);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
}

#[test]
fn five_addresses_fit() {
    assert_eq!(houses(&customer_of_houses(&[1, 2, 3, 4, 5])).len(), 5);
}

#[test]
fn another_address_becomes_the_primary_one() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    customer.make_primary(house(3).0).expect("it is there");
    assert_eq!(customer.primary_address(), Some(&house(3).1));
}

#[test]
fn an_address_is_removed() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    customer.remove_address(house(3).0).expect("it is not the primary one");
    assert_eq!(houses(&customer), [1, 2]);
}
