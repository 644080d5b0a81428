//! Addresses, and customers who live there.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use uuid::Uuid;

use crate::desk::domain::{Address, AddressId, AddressLines, Customer, CustomerId};

/// The address of the house with this number in Bean Street, and the id with the same number.
pub fn house(number: u8) -> (AddressId, Address) {
    let address = Address::new(AddressLines {
        recipient: "Ada Lovelace",
        street: &format!("Bean Street {number}"),
        postal_code: "W1D 4BB",
        city: "London",
        country: "GB",
    });
    let id = AddressId::new(Uuid::from_u128(number.into()));
    (id, address.expect("an address"))
}

/// Customer 2, who lives in these houses; the first is the primary address.
pub fn customer_of_houses(numbers: &[u8]) -> Customer {
    let mut customer = Customer::new(CustomerId::new(Uuid::from_u128(2)));
    for (id, address) in numbers.iter().map(|&number| house(number)) {
        customer.add_address(id, address).expect("one more address");
    }
    customer
}
