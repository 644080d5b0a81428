//! Who has an account.

use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

use uuid::Uuid;

use crate::desk::domain::{Name, Phone, User, UserId};

fn ada() -> User {
    user(1, "Ada")
}

/// A user with this number and name. All have the same address, so that nothing but the id tells them apart.
fn user(number: u128, name: &str) -> User {
    user_at("ada@beans.example", number, name)
}

/// A user with this number and name who has another address.
fn user_at(email: &str, number: u128, name: &str) -> User {
    User::register(
        UserId::new(Uuid::from_u128(number)),
        email.parse().expect("an address"),
        Name::new(name).expect("a name"),
        None,
    )
}

#[test]
fn a_new_user_is_active_and_can_place_orders() {
    assert!(ada().is_active());
    assert!(ada().can_place_order());
}

#[test]
fn a_deactivated_user_cannot_order() {
    let mut ada = ada();
    ada.deactivate();
    assert!(!ada.is_active());
    assert!(!ada.can_place_order(), "a deactivated user cannot order");
}

#[test]
fn to_deactivate_twice_is_to_deactivate_once() {
    let mut ada = ada();
    ada.deactivate();
    ada.deactivate();
    assert!(!ada.is_active());
}

#[test]
fn a_closed_account_keeps_what_it_says() {
    let mut ada = ada();
    ada.change_phone(Phone::new("1843").ok());
    let before = ada.clone();
    ada.deactivate();
    assert_eq!(ada.name(), before.name());
    assert_eq!(ada.email(), before.email());
    assert_eq!(ada.phone(), before.phone());
    assert_eq!(ada.staff_note(), before.staff_note());
}

#[test]
fn a_user_with_another_name_is_still_that_user() {
    let ada = ada();
    let mut later = ada.clone();
    later.rename(Name::new("Ada Lovelace").expect("a name"));
    later.change_phone(Phone::new("1843").ok());
    assert_eq!(ada, later, "the id says who it is, not the data");
    later.deactivate();
    assert_eq!(ada, later, "a closed account is still that account");
}

#[test]
fn a_user_at_another_address_is_still_that_user() {
    assert_eq!(ada(), user_at("countess@beans.example", 1, "Ada"));
}

#[test]
fn two_users_with_the_same_data_are_two() {
    assert_ne!(user(1, "Ada"), user(2, "Ada"), "the ids differ");
}

#[test]
fn in_a_set_the_same_user_is_there_once() {
    let mut set = HashSet::from([ada()]);
    let mut later = ada();
    later.rename(Name::new("Ada Lovelace").expect("a name"));
    later.change_phone(Phone::new("1843").ok());
    later.deactivate();
    set.insert(later);
    set.insert(user_at("countess@beans.example", 1, "Ada"));
    assert_eq!(set.len(), 1, "equal values have equal hashes");
}

#[test]
fn two_users_have_two_hashes() {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let hash = |number| hasher.hash_one(user(number, "Ada"));
    assert_ne!(hash(1), hash(2), "a set looks for them in two places");
}

#[test]
fn a_user_keeps_what_it_was_registered_with() {
    let phone = Phone::new("+44 20 7946 0000").expect("a number");
    let id = UserId::new(Uuid::from_u128(7));
    let email = "ada@beans.example".parse().expect("an address");
    let name = Name::new("Ada").expect("a name");
    let ada = User::register(id, email, name, Some(phone));
    assert_eq!(ada.id(), id);
    assert_eq!(ada.email().as_str(), "ada@beans.example");
    assert_eq!(ada.name().as_str(), "Ada");
    assert_eq!(ada.phone().map(Phone::as_str), Some("+44 20 7946 0000"));
    assert_eq!(ada.staff_note(), "new: check the address before the first order");
}

#[test]
fn a_user_changes_name_and_phone() {
    let mut ada = ada();
    ada.rename(Name::new(" Ada Lovelace ").expect("a name"));
    ada.change_phone(Phone::new("1843").ok());
    assert_eq!(ada.name().to_string(), "Ada Lovelace");
    assert_eq!(ada.phone().map(ToString::to_string), Some("1843".to_owned()));
    ada.change_phone(None);
    assert_eq!(ada.phone(), None);
}

#[test]
fn a_name_and_a_phone_say_something() {
    for text in ["", " ", "\n"] {
        assert!(Name::new(text).is_err(), "{text:?} is no name");
        assert!(Phone::new(text).is_err(), "{text:?} is no phone number");
    }
}
