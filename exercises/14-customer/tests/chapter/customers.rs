//! Who buys, and where it is sent.

use rstest::rstest;
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

/// The customer has these houses, each with its own id and address; the first is the primary one.
#[track_caller]
fn has_houses(customer: &Customer, numbers: &[u8]) {
    let houses: Vec<_> = numbers.iter().map(|&number| house(number)).collect();
    assert_eq!(ids(customer), houses.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let addresses = || houses.iter().map(|(_, address)| address);
    assert!(
        customer.addresses().map(|(_, address)| address).eq(addresses()),
        "each id has the address that it was added with: {customer:?}"
    );
    assert_eq!(customer.primary_address(), addresses().next(), "the first one");
}

#[test]
fn customer_and_user_have_one_number() {
    for number in [2, 3 | 1 << 64, u128::MAX] {
        let user = UserId::new(Uuid::from_u128(number));
        let customer = Customer::new(CustomerId::of(user));
        assert_eq!(customer.id(), CustomerId::new(Uuid::from_u128(number)));
        assert_eq!(customer.id().user(), user);
    }
}

#[test]
fn new_customer_has_no_address() {
    let customer = customer_of_houses(&[]);
    assert_eq!(customer.addresses().len(), 0);
    assert_eq!(customer.primary_address(), None);
}

#[test]
fn first_address_is_primary() {
    let customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(customer.primary_address(), Some(&house(1).1));
    has_houses(&customer, &[1, 2, 3]);
    has_houses(&customer_of_houses(&[3, 2, 5, 1, 4]), &[3, 2, 5, 1, 4]);
}

#[test]
fn sixth_address_is_refused() {
    assert_eq!(Customer::MAX_ADDRESSES, 5);
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    for _ in 0..2 {
        let (sixth, address) = house(6);
        let refused = customer.add_address(sixth, address);
        assert_eq!(refused, Err(AddAddressError::TooMany));
        has_houses(&customer, &[1, 2, 3, 4, 5]);
    }
}

#[test]
fn address_fits_after_a_removal() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    customer.remove_address(id(3)).expect("not the primary one");
    let (sixth, address) = house(6);
    assert_eq!(customer.add_address(sixth, address), Ok(()));
    has_houses(&customer, &[1, 2, 4, 5, 6]);
    let (third, address) = house(3);
    assert_eq!(customer.add_address(third, address), Err(AddAddressError::TooMany));
}

#[test]
fn id_of_removed_address_is_free_again() {
    let mut customer = customer_of_houses(&[1, 2]);
    customer.remove_address(id(2)).expect("not the primary one");
    assert_eq!(customer.add_address(id(2), house(2).1), Ok(()));
    has_houses(&customer, &[1, 2]);
}

#[test]
fn duplicate_address_id_is_refused() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    for number in [1, 2, 3] {
        for address in [house(4).1, house(number).1] {
            let refused = customer.add_address(id(number), address);
            assert_eq!(refused, Err(AddAddressError::SameId(id(number))));
            has_houses(&customer, &[1, 2, 3]);
        }
    }
    let (four, address) = house(4);
    assert_eq!(customer.add_address(four, address), Ok(()), "another id");
    has_houses(&customer, &[1, 2, 3, 4]);
}

#[test]
fn limit_is_checked_before_id() {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    let refused = customer.add_address(id(2), house(6).1);
    assert_eq!(refused, Err(AddAddressError::TooMany), "the limit comes first");
    has_houses(&customer, &[1, 2, 3, 4, 5]);
}

#[test]
fn same_lines_under_two_ids_are_accepted() {
    let mut customer = customer_of_houses(&[1]);
    assert_eq!(
        customer.add_address(id(2), house(1).1),
        Ok(()),
        "the id tells them apart"
    );
    assert_eq!(customer.make_primary(id(2)), Ok(()));
    assert_eq!(ids(&customer), [id(2), id(1)]);
    assert_eq!(customer.make_primary(id(1)), Ok(()));
    let refused = customer.remove_address(id(1));
    assert_eq!(refused, Err(RemoveAddressError::Primary));
    assert_eq!(customer.remove_address(id(2)), Ok(()), "this one is not primary");
    assert_eq!(ids(&customer), [id(1)]);
}

#[test]
fn ids_are_compared_as_a_whole() {
    let far = AddressId::new(Uuid::from_u128(1 | 1 << 64));
    let mut customer = customer_of_houses(&[1]);
    assert_eq!(customer.make_primary(far), Err(NoSuchAddress(far)));
    assert_eq!(customer.add_address(far, house(2).1), Ok(()), "not the same id");
    assert_eq!(ids(&customer), [id(1), far]);
}

#[test]
fn exactly_one_address_is_primary() {
    let mut customer = customer_of_houses(&[1, 2, 3]);
    assert_eq!(customer.make_primary(id(3)), Ok(()));
    assert_eq!(customer.primary_address(), Some(&house(3).1));
    has_houses(&customer, &[3, 1, 2]);
    assert_eq!(customer.make_primary(id(1)), Ok(()));
    has_houses(&customer, &[1, 3, 2]);
}

#[rstest]
#[case::first(1, &[1, 2, 3, 4, 5])]
#[case::second(2, &[2, 1, 3, 4, 5])]
#[case::third(3, &[3, 1, 2, 4, 5])]
#[case::last(5, &[5, 1, 2, 3, 4])]
fn other_addresses_keep_their_order(#[case] primary: u8, #[case] houses: &[u8]) {
    let mut customer = customer_of_houses(&[1, 2, 3, 4, 5]);
    for _ in 0..2 {
        assert_eq!(customer.make_primary(id(primary)), Ok(()));
        has_houses(&customer, houses);
    }
}

#[test]
fn unknown_address_cannot_be_primary() {
    for houses in [&[][..], &[1], &[1, 2]] {
        let mut customer = customer_of_houses(houses);
        assert_eq!(customer.make_primary(id(9)), Err(NoSuchAddress(id(9))));
        has_houses(&customer, houses);
    }
}

#[test]
fn primary_address_among_others_is_not_removed() {
    for houses in [&[1, 2][..], &[1, 2, 3], &[1, 2, 3, 4, 5]] {
        let mut customer = customer_of_houses(houses);
        let refused = customer.remove_address(id(1));
        assert_eq!(refused, Err(RemoveAddressError::Primary));
        has_houses(&customer, houses);
    }
}

#[test]
fn former_primary_address_is_removed() {
    let mut customer = customer_of_houses(&[1, 2]);
    customer.make_primary(id(2)).expect("it is there");
    let refused = customer.remove_address(id(2));
    assert_eq!(refused, Err(RemoveAddressError::Primary), "the new primary one");
    assert_eq!(customer.remove_address(id(1)), Ok(()), "not the primary one now");
    has_houses(&customer, &[2]);
}

#[rstest]
#[case::second(2, &[1, 3, 4])]
#[case::third(3, &[1, 2, 4])]
#[case::last(4, &[1, 2, 3])]
fn removed_address_is_gone(#[case] removed: u8, #[case] houses: &[u8]) {
    let mut customer = customer_of_houses(&[1, 2, 3, 4]);
    assert_eq!(customer.remove_address(id(removed)), Ok(()));
    has_houses(&customer, houses);
    let again = customer.remove_address(id(removed));
    let gone = NoSuchAddress(id(removed));
    assert_eq!(again, Err(RemoveAddressError::NoSuchAddress(gone)));
}

#[test]
fn last_address_can_be_removed() {
    let mut customer = customer_of_houses(&[1]);
    assert_eq!(customer.remove_address(id(1)), Ok(()));
    has_houses(&customer, &[]);
    let (two, address) = house(2);
    customer.add_address(two, address).expect("one more address");
    assert_eq!(customer.primary_address(), Some(&house(2).1), "the first again");
    for number in [3, 4, 5, 6] {
        let (id, address) = house(number);
        assert_eq!(customer.add_address(id, address), Ok(()), "{number} fits");
    }
    has_houses(&customer, &[2, 3, 4, 5, 6]);
}

#[test]
fn unknown_address_cannot_be_removed() {
    for houses in [&[][..], &[1], &[1, 2]] {
        let mut customer = customer_of_houses(houses);
        let refused = customer.remove_address(id(9));
        assert_eq!(
            refused,
            Err(RemoveAddressError::NoSuchAddress(NoSuchAddress(id(9))))
        );
        has_houses(&customer, houses);
    }
}
