//! The page's example: how many parcels bags need, as a table and as a property.

use proptest::{
    prelude::*,
    test_runner::{TestError, TestRunner},
};
use rstest::rstest;

// ANCHOR: code
/// How many parcels these bags need: twelve fit into one.
fn parcels(bags: u32) -> u32 {
    bags.div_ceil(12)
}
// ANCHOR_END: code

// ANCHOR: table
#[rstest]
#[case::no_bags(0, 0)]
#[case::one_bag(1, 1)]
#[case::full_parcel(12, 1)]
#[case::full_parcel_and_one_bag(13, 2)]
fn parcel_holds_twelve_bags(#[case] bags: u32, #[case] expected: u32) {
    assert_eq!(parcels(bags), expected);
}
// ANCHOR_END: table

// ANCHOR: property
proptest! {
    #[test]
    fn all_bags_fit_and_no_parcel_is_empty(bags: u32) {
        let room = 12 * u64::from(parcels(bags));
        prop_assert!(u64::from(bags) <= room, "all bags fit");
        prop_assert!(room < u64::from(bags) + 12, "no parcel is empty");
    }
}
// ANCHOR_END: property

// ANCHOR: draft
/// Nobody ever sends 256 parcels.
fn first_draft(bags: u32) -> u32 {
    u32::from(bags.div_ceil(12) as u8)
}
// ANCHOR_END: draft

// ANCHOR: small
#[test]
fn failing_value_is_shrunk() {
    assert_eq!([0, 1, 12, 13].map(first_draft), [0, 1, 1, 2], "as the table says");
    let found = TestRunner::deterministic().run(&any::<u32>(), |bags| {
        let room = 12 * u64::from(first_draft(bags));
        prop_assert!(u64::from(bags) <= room, "all bags fit");
        Ok(())
    });
    let Err(TestError::Fail(_, bags)) = found else {
        panic!("it fails: {found:?}")
    };
    assert_eq!(bags, 3061, "the first bag that needs parcel 256");
}
// ANCHOR_END: small
