//! Who buys, and where it is sent.

use uuid::Uuid;

use crate::desk::domain::{
    AddAddressError, AddressId, Customer, CustomerId, NoSuchAddress,
    RemoveAddressError, UserId,
};
use crate::houses::{customer_of_houses, house};

/// The ids of all addresses, the primary one first.
fn ids(customer: &Customer) -> Vec<AddressId> {
    customer.addresses().map(|(id, _)| id).collect()
}

fn id(number: u8) -> AddressId {
    house(number).0
}

#[test]
fn a_customer_is_a_user_in_another_role() {
    let user = UserId::new(Uuid::from_u128(2));
    let customer = Customer::new(CustomerId::of(user));
    assert_eq!(customer.id().user(), user);
}

#[test]
fn a_new_customer_has_no_address() {
    let customer = customer_of_houses(&[]);
    assert_eq!(customer.addresses().len(), 0);
    assert_eq!(customer.primary_address(), None);
}

#[test]
fn the_first_address_is_the_primary_one() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
    assert_eq!(ids(&customer), [id(1), id(2), id(3)]);
}

#[test]
fn an_address_stays_as_it_was_added() {
    let customer = customer_of_houses(&[1, 2]);
    let (known, address) = customer.addresses().nth(1).expect("a second address");
    assert_eq!((known, address), (id(2), &house(2).1));
}

#[test]
fn the_sixth_address_is_refused() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    let (sixth, address) = house(6);
    assert_eq!(customer.add_address(sixth, address), Err(AddAddressError::TooMany));
    assert_eq!(
        ids(&customer),
        [1, 2, 3, 4, 5].map(id),
        "the customer is as before"
    );
}

#[test]
fn where_one_was_removed_another_fits() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    customer.remove_address(id(3)).expect("not the primary one");
    let (sixth, address) = house(6);
    assert_eq!(customer.add_address(sixth, address), Ok(()));
    assert_eq!(ids(&customer), [1, 2, 4, 5, 6].map(id));
}

#[test]
fn an_id_is_taken_once() {
    let mut customer = customer_of_houses(&[1, 2]);
    let refused = customer.add_address(id(2), house(3).1);
    assert_eq!(refused, Err(AddAddressError::SameId(id(2))));
    assert_eq!(customer.addresses().len(), 2);
}

#[test]
fn who_has_five_addresses_is_told_so_whatever_the_id_is() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    let refused = customer.add_address(id(2), house(2).1);
    assert_eq!(refused, Err(AddAddressError::TooMany), "it is asked first");
}

#[test]
fn the_same_lines_may_be_there_twice() {
    let mut customer = customer_of_houses(&[1]);
    assert_eq!(
        customer.add_address(id(2), house(1).1),
        Ok(()),
        "the id tells them apart"
    );
    let refused = customer.remove_address(id(1));
    assert_eq!(refused, Err(RemoveAddressError::Primary));
    assert_eq!(customer.remove_address(id(2)), Ok(()), "this one is not primary");
    assert_eq!(ids(&customer), [id(1)]);
}

#[test]
fn exactly_one_is_the_primary_address() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(customer.make_primary(id(3)), Ok(()));
    assert_eq!(customer.primary_address(), Some(&house(3).1));
    assert_eq!(ids(&customer), [3, 1, 2].map(id), "the others keep their order");
    assert_eq!(customer.make_primary(id(1)), Ok(()));
    assert_eq!(customer.primary_address(), Some(&house(1).1));
    assert_eq!(ids(&customer), [1, 3, 2].map(id), "none is lost");
}

#[test]
fn the_primary_address_can_be_made_primary_again() {
    let mut customer = customer_of_houses(&[1, 2]);
    assert_eq!(customer.make_primary(id(1)), Ok(()));
    assert_eq!(ids(&customer), [1, 2].map(id));
}

#[test]
fn an_address_that_is_not_there_cannot_be_primary() {
    let mut customer = customer_of_houses(&[1, 2]);
    assert_eq!(customer.make_primary(id(9)), Err(NoSuchAddress(id(9))));
    assert_eq!(ids(&customer), [1, 2].map(id));
}

#[test]
fn the_primary_address_is_not_removed_while_there_are_others() {
    let mut customer = customer_of_houses(&[1, 2]);
    let refused = customer.remove_address(id(1));
    assert_eq!(refused, Err(RemoveAddressError::Primary));
    assert_eq!(ids(&customer), [1, 2].map(id), "the customer is as before");
    let refused = customer_of_houses(&[1, 2, 3]).remove_address(id(1));
    assert_eq!(refused, Err(RemoveAddressError::Primary), "however many there are");
    customer.make_primary(id(2)).expect("it is there");
    assert_eq!(
        customer.remove_address(id(1)),
        Ok(()),
        "it is not the primary one now"
    );
    assert_eq!(ids(&customer), [id(2)]);
}

#[test]
fn the_last_address_can_be_removed() {
    let mut customer = customer_of_houses(&[1]);
    assert_eq!(customer.remove_address(id(1)), Ok(()));
    assert_eq!(customer.primary_address(), None);
    let (two, address) = house(2);
    customer.add_address(two, address).expect("one more address");
    assert_eq!(customer.primary_address(), Some(&house(2).1), "the first again");
}

#[test]
fn an_address_that_is_not_there_cannot_be_removed() {
    let mut customer = customer_of_houses(&[1]);
    let refused = customer.remove_address(id(9));
    assert_eq!(
        refused,
        Err(RemoveAddressError::NoSuchAddress(NoSuchAddress(id(9))))
    );
    assert_eq!(ids(&customer), [id(1)]);
}
