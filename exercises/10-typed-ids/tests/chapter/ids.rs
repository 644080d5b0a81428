//! Which user, which customer, which order.

use std::{any::TypeId, collections::HashSet};

use rstest::rstest;
use uuid::{Uuid, uuid};

use crate::desk::domain::{CustomerId, InvalidId, OrderId, UserId};

const NUMBER: Uuid = uuid!("01930d3e-7c1a-7000-8000-00000000000a");

#[test]
fn each_kind_of_id_is_a_type_of_its_own() {
    let kinds = HashSet::from([
        TypeId::of::<UserId>(),
        TypeId::of::<CustomerId>(),
        TypeId::of::<OrderId>(),
        TypeId::of::<Uuid>(),
    ]);
    assert_eq!(
        kinds.len(),
        4,
        "UserId, CustomerId, OrderId and Uuid are four types"
    );
}

#[test]
fn an_id_keeps_its_number() {
    assert_eq!(UserId::new(NUMBER).uuid(), NUMBER);
    assert_eq!(CustomerId::new(NUMBER).uuid(), NUMBER);
    assert_eq!(OrderId::new(NUMBER).uuid(), NUMBER);
}

#[test]
fn an_id_is_shown_as_its_number() {
    assert_eq!(UserId::new(NUMBER).to_string(), NUMBER.to_string());
    assert_eq!(CustomerId::new(NUMBER).to_string(), NUMBER.to_string());
    assert_eq!(OrderId::new(NUMBER).to_string(), NUMBER.to_string());
}

#[test]
fn an_id_is_read_from_text() {
    let text = "01930d3e-7c1a-7000-8000-00000000000a";
    assert_eq!(text.parse(), Ok(UserId::new(NUMBER)));
    assert_eq!(text.parse(), Ok(CustomerId::new(NUMBER)));
    assert_eq!(text.parse(), Ok(OrderId::new(NUMBER)));
}

#[rstest]
#[case::nothing("")]
#[case::a_name("ada")]
#[case::a_digit_too_few("01930d3e-7c1a-7000-8000-00000000000")]
#[case::white_space(" 01930d3e-7c1a-7000-8000-00000000000a")]
fn a_text_that_is_no_number_is_no_id(#[case] text: &str) {
    assert_eq!(text.parse::<UserId>(), Err(InvalidId));
    assert_eq!(text.parse::<CustomerId>(), Err(InvalidId));
    assert_eq!(text.parse::<OrderId>(), Err(InvalidId));
}

#[test]
fn ids_with_one_number_are_one_id() {
    let ids = [1, 2, 1].map(|number| OrderId::new(Uuid::from_u128(number)));
    assert_eq!(HashSet::from(ids).len(), 2);
}

#[test]
fn a_later_number_sorts_behind_an_earlier_one() {
    let earlier = OrderId::new(uuid!("01930d3e-7c1a-7000-8000-00000000000a"));
    let later = OrderId::new(uuid!("01930d3e-7c1b-7000-8000-000000000001"));
    assert!(earlier < later);
}

#[test]
fn an_id_takes_no_more_room_than_its_number() {
    assert_eq!(size_of::<OrderId>(), size_of::<Uuid>());
}
