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

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// All that a user says, to be compared field by field.
fn data(user: &User) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        user.id(),
        user.email().clone(),
        user.name().clone(),
        user.phone().cloned(),
        user.staff_note().to_owned(),
        user.is_active(),
    )
}

#[test]
fn new_user_is_active_and_can_order() {
    let mut ada = ada();
    assert!(ada.is_active());
    assert!(ada.can_place_order());
    ada.rename(name("Ada Lovelace"));
    ada.change_phone(Phone::new("1843").ok());
    assert!(
        ada.is_active() && ada.can_place_order(),
        "with another name and phone"
    );
}

#[test]
fn deactivated_user_cannot_order() {
    let mut ada = ada();
    ada.deactivate();
    assert!(!ada.is_active());
    assert!(!ada.can_place_order(), "a deactivated user cannot order");
}

#[test]
fn deactivating_twice_changes_nothing() {
    let mut ada = ada();
    ada.change_phone(Phone::new("1843").ok());
    ada.deactivate();
    let once = data(&ada);
    ada.deactivate();
    assert_eq!(data(&ada), once);
    assert!(!ada.can_place_order(), "the account is still closed");
}

#[test]
fn deactivated_user_keeps_data() {
    let mut ada = ada();
    ada.change_phone(Phone::new("1843").ok());
    let before = ada.clone();
    ada.deactivate();
    assert_eq!(ada.id(), before.id());
    assert_eq!(ada.name(), before.name());
    assert_eq!(ada.email(), before.email());
    assert_eq!(ada.phone(), before.phone());
    assert_eq!(ada.staff_note(), before.staff_note());
}

#[test]
fn deactivated_user_stays_deactivated_after_changes() {
    let mut ada = ada();
    ada.deactivate();
    ada.rename(name("Ada Lovelace"));
    ada.change_phone(Phone::new("1843").ok());
    assert_eq!(ada.name(), &name("Ada Lovelace"));
    assert_eq!(ada.phone().map(Phone::as_str), Some("1843"));
    assert!(!ada.is_active());
    assert!(!ada.can_place_order(), "the account is still closed");
}

#[test]
fn user_is_equal_after_changes() {
    let ada = ada();
    let mut later = ada.clone();
    later.rename(name("Ada Lovelace"));
    assert_eq!(ada, later, "the id says who it is, not the name");
    later.change_phone(Phone::new("1843").ok());
    assert_eq!(ada, later, "the id says who it is, not the phone number");
    later.deactivate();
    assert_eq!(ada, later, "a closed account is still that account");
}

#[test]
fn user_with_another_email_is_equal() {
    assert_eq!(ada(), user_at("countess@beans.example", 1, "Ada"));
}

#[test]
fn users_with_different_ids_are_unequal() {
    for other in [0, 2, 1 | 1 << 64, 1 | 1 << 127] {
        assert_ne!(user(1, "Ada"), user(other, "Ada"), "the ids differ");
    }
}

#[test]
fn set_holds_the_same_user_once() {
    let mut set = HashSet::from([ada()]);
    let mut later = ada();
    later.rename(name("Ada Lovelace"));
    later.change_phone(Phone::new("1843").ok());
    later.deactivate();
    set.insert(later);
    set.insert(user_at("countess@beans.example", 1, "Ada"));
    assert_eq!(set.len(), 1, "equal values have equal hashes");
}

#[test]
fn users_with_different_ids_have_different_hashes() {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let hash = |number| hasher.hash_one(user(number, "Ada"));
    for other in [0, 2, 1 | 1 << 64, 1 | 1 << 127] {
        assert_ne!(hash(1), hash(other), "a set looks for them in two places");
    }
}

#[test]
fn registered_user_keeps_data() {
    let phone = Phone::new("+44 20 7946 0000").expect("a number");
    let id = UserId::new(Uuid::from_u128(7));
    let email = "ada@beans.example".parse().expect("an address");
    let ada = User::register(id, email, name("Ada"), Some(phone));
    assert_eq!(ada.id(), id);
    assert_eq!(ada.email().as_str(), "ada@beans.example");
    assert_eq!(ada.name().as_str(), "Ada");
    assert_eq!(ada.phone().map(Phone::as_str), Some("+44 20 7946 0000"));
    assert_eq!(ada.staff_note(), "new: check the address before the first order");
    assert_eq!(user(7, "Ada").phone(), None);
}

#[test]
fn user_changes_name_and_phone() {
    let mut ada = ada();
    ada.rename(name(" Ada Lovelace "));
    ada.change_phone(Phone::new("1843").ok());
    assert_eq!(ada.name().to_string(), "Ada Lovelace");
    assert_eq!(ada.phone().map(ToString::to_string), Some("1843".to_owned()));
    ada.rename(name("Ada"));
    assert_eq!(ada.phone().map(Phone::as_str), Some("1843"), "it is as it was");
    ada.change_phone(None);
    assert_eq!(ada.phone(), None);
    assert_eq!(ada.name().as_str(), "Ada", "it is as it was");
}

#[test]
fn empty_name_and_phone_are_refused() {
    for text in ["", " ", "\n"] {
        assert!(Name::new(text).is_err(), "{text:?} is not a name");
        assert!(Phone::new(text).is_err(), "{text:?} is not a phone number");
    }
}
