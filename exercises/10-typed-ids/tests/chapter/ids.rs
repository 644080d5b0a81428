//! Which user, which customer, which order.

use std::{
    any::TypeId,
    collections::HashSet,
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
};

use rstest::rstest;
use uuid::{Uuid, uuid};

use crate::desk::domain::{CustomerId, InvalidId, OrderId, UserId};

const NUMBER: Uuid = uuid!("01930d3e-7c1a-7000-8000-00000000000a");

#[test]
fn ids_are_distinct_types() {
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
fn id_keeps_number() {
    assert_eq!(UserId::new(NUMBER).uuid(), NUMBER);
    assert_eq!(CustomerId::new(NUMBER).uuid(), NUMBER);
    assert_eq!(OrderId::new(NUMBER).uuid(), NUMBER);
}

#[test]
fn id_is_shown_as_number() {
    assert_eq!(UserId::new(NUMBER).to_string(), NUMBER.to_string());
    assert_eq!(CustomerId::new(NUMBER).to_string(), NUMBER.to_string());
    assert_eq!(OrderId::new(NUMBER).to_string(), NUMBER.to_string());
}

#[rstest]
#[case::as_shown("01930d3e-7c1a-7000-8000-00000000000a")]
#[case::upper_case("01930D3E-7C1A-7000-8000-00000000000A")]
#[case::without_hyphens("01930d3e7c1a7000800000000000000a")]
#[case::in_braces("{01930d3e-7c1a-7000-8000-00000000000a}")]
#[case::urn("urn:uuid:01930d3e-7c1a-7000-8000-00000000000a")]
fn id_is_parsed_from_text(#[case] text: &str) {
    assert_eq!(text.parse(), Ok(UserId::new(NUMBER)));
    assert_eq!(text.parse(), Ok(CustomerId::new(NUMBER)));
    assert_eq!(text.parse(), Ok(OrderId::new(NUMBER)));
}

#[rstest]
#[case::zeros(Uuid::nil())]
#[case::ones(Uuid::max())]
#[case::version_4(uuid!("936da01f-9abd-4d9d-80c7-02af85c822a8"))]
fn any_number_is_an_id(#[case] number: Uuid) {
    let text = number.to_string();
    assert_eq!(text.parse(), Ok(UserId::new(number)));
    assert_eq!(text.parse(), Ok(CustomerId::new(number)));
    assert_eq!(text.parse(), Ok(OrderId::new(number)));
}

#[rstest]
#[case::empty("")]
#[case::name("ada")]
#[case::one_digit_too_few("01930d3e-7c1a-7000-8000-00000000000")]
#[case::one_digit_too_many("01930d3e-7c1a-7000-8000-00000000000a0")]
#[case::white_space_before(" 01930d3e-7c1a-7000-8000-00000000000a")]
#[case::line_break_after("01930d3e-7c1a-7000-8000-00000000000a\n")]
fn invalid_id_is_refused(#[case] text: &str) {
    assert_eq!(text.parse::<UserId>(), Err(InvalidId));
    assert_eq!(text.parse::<CustomerId>(), Err(InvalidId));
    assert_eq!(text.parse::<OrderId>(), Err(InvalidId));
}

#[test]
fn ids_behave_like_their_numbers() {
    behaves_like_its_number(UserId::new);
    behaves_like_its_number(CustomerId::new);
    behaves_like_its_number(OrderId::new);
}

/// What is derived: ids are copied, compared, sorted, and put into sets.
#[track_caller]
fn behaves_like_its_number<Id>(new: fn(Uuid) -> Id)
where
    Id: Copy + Ord + Hash + Debug + Display + FromStr<Err = InvalidId>,
{
    let sorted = [
        uuid!("01930d3e-7c1a-7000-8000-00000000000a"),
        uuid!("01930d3e-7c1a-7000-8000-00000000000b"),
        uuid!("01930d3e-7c1b-7000-8000-000000000001"),
    ]
    .map(new);
    let mut ids = [sorted[2], sorted[0], sorted[1]];
    ids.sort();
    assert_eq!(ids, sorted, "an earlier number sorts first");
    assert_ne!(ids[0], ids[1]);
    let set = HashSet::from([ids[0], ids[1], ids[2], ids[0]]);
    assert_eq!(set.len(), 3, "the same number is in a set once");
    assert_eq!(size_of::<Id>(), size_of::<Uuid>(), "bytes of an id");
}
