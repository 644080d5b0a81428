// Caught by: killed::a_sixth_address_fits, killed::the_others_change_places, killed::the_last_one_fills_the_gap
// Replaces: src/tests/customers.rs
//! Who buys, and where it is sent.

use proptest::{collection::vec, prelude::*, sample::select};

use super::given::{customer_of_houses, house};
use crate::domain::{Customer, RemoveAddressError};

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
fn the_primary_address_stays_while_there_are_others() {
    let mut customer = customer_of_houses(&[1, 2]);
    let refused = customer.remove_address(house(1).0);
    assert_eq!(refused, Err(RemoveAddressError::Primary));
    assert_eq!(houses(&customer), [1, 2]);
}

// ANCHOR: steps
/// What somebody may ask of a customer.
#[derive(Debug, Clone, Copy)]
enum Ask {
    Add,
    MakePrimary,
    Remove,
}

/// Some of it, each about the address of one house.
fn steps() -> impl Strategy<Value = Vec<(Ask, u8)>> {
    let ask = select(vec![Ask::Add, Ask::MakePrimary, Ask::Remove]);
    vec((ask, 1..8_u8), 0..20)
}

/// Asks for it. Says whether it was done.
fn ask(customer: &mut Customer, what: Ask, number: u8) -> bool {
    let (id, address) = house(number);
    match what {
        Ask::Add => customer.add_address(id, address).is_ok(),
        Ask::MakePrimary => customer.make_primary(id).is_ok(),
        Ask::Remove => customer.remove_address(id).is_ok(),
    }
}
// ANCHOR_END: steps

// ANCHOR: sequence
proptest! {
    #[test]
    fn whatever_is_asked_the_others_keep_their_order(steps in steps()) {
        let mut customer = customer_of_houses(&[]);
        for (what, number) in steps {
            // It must not panic.
            ask(&mut customer, what, number);
        }
    }
}
