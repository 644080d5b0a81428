// Caught by: spared::another_debug_text_of_customers, spared::another_debug_text_of_errors
// Replaces: src/tests/customers.rs
//! Who buys, and where it is sent.

use proptest::{collection::vec, prelude::*, sample::select};

use super::given::{customer_of_houses, house};
use crate::domain::{Customer, RemoveAddressError};

/// The numbers of the houses, the primary address first.
fn houses(customer: &Customer) -> Vec<u8> {
    customer.addresses().map(|(id, _)| id.uuid().as_u128() as u8).collect()
}

// ANCHOR: text
#[test]
fn the_others_keep_their_order() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4]);
    customer.make_primary(house(3).0).expect("it is there");
    let text = format!("{customer:?}");
    let at = [3, 1, 2, 4].map(|number| text.find(&format!("Bean Street {number}")));
    assert!(at.is_sorted() && at[0].is_some(), "{text}");
}
// ANCHOR_END: text

#[test]
fn the_first_address_is_the_primary_one() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(houses(&customer), [1, 2, 3]);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
}

// ANCHOR: limit
#[test]
fn the_fifth_address_fits_and_the_sixth_does_not() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    let (id, address) = house(6);
    let refused = customer.add_address(id, address).expect_err("five are the most");
    assert_eq!(format!("{refused:?}"), "TooMany");
    assert_eq!(houses(&customer), [1, 2, 3, 4, 5]);
}
// ANCHOR_END: limit

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
    fn whatever_is_asked_the_others_keep_their_order(steps in steps()) {
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
