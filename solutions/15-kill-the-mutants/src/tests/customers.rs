//! Who buys, and where it is sent.

use proptest::{collection::vec, prelude::*, sample::select};

use super::given::{customer_of_houses, house};
use crate::domain::{AddAddressError, Customer, RemoveAddressError};

/// The numbers of the houses, the primary address first.
fn houses(customer: &Customer) -> Vec<u8> {
    customer.addresses().map(|(id, _)| id.uuid().as_u128() as u8).collect()
}

#[test]
fn first_address_is_primary() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(houses(&customer), [1, 2, 3]);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
}

// ANCHOR: limit
#[test]
fn sixth_address_is_refused() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    let (id, address) = house(6);
    assert_eq!(customer.add_address(id, address), Err(AddAddressError::TooMany));
    assert_eq!(houses(&customer), [1, 2, 3, 4, 5]);
}
// ANCHOR_END: limit

#[test]
fn primary_address_among_others_is_not_removed() {
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
/// Whether a customer with these houses, the primary address first, lets that be done.
fn may(houses: &[u8], what: Ask, number: u8) -> bool {
    let is_there = houses.contains(&number);
    match what {
        Ask::Add => !is_there && houses.len() < 5,
        Ask::MakePrimary => is_there,
        Ask::Remove => is_there && (houses[0] != number || houses.len() == 1),
    }
}

proptest! {
    #[test]
    fn other_addresses_keep_their_order(steps in steps()) {
        let mut customer = customer_of_houses(&[]);
        for (what, number) in steps {
            let before = houses(&customer);
            let others: Vec<u8> =
                before.iter().copied().filter(|&house| house != number).collect();
            let may = may(&before, what, number);
            let after = match what {
                _ if !may => before,
                Ask::Add => [others, vec![number]].concat(),
                Ask::MakePrimary => [vec![number], others].concat(),
                Ask::Remove => others,
            };
            prop_assert_eq!(ask(&mut customer, what, number), may);
            prop_assert_eq!(houses(&customer), after, "after {:?} {}", what, number);
        }
    }
}
// ANCHOR_END: sequence
