//! Who buys, and where it is sent.

use super::given::{customer_of_houses, house};

#[test]
fn customer_has_addresses() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(customer.addresses().len(), 3);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
}

#[test]
fn another_address_becomes_primary() {
    let mut customer = customer_of_houses(&[1, 2]);
    customer.make_primary(house(2).0).expect("it is there");
    assert_eq!(customer.primary_address(), Some(&house(2).1));
}

#[test]
fn address_is_removed() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    customer.remove_address(house(2).0).expect("it is not the primary one");
    assert_eq!(customer.addresses().len(), 2);
}

#[test]
fn number_of_addresses_is_limited() {
    let mut customer = customer_of_houses(&[]);
    for number in 1..=10 {
        let (id, address) = house(number);
        let _ = customer.add_address(id, address);
    }
    assert!(customer.addresses().len() < 10);
}
