//! How many of a product.

use rstest::rstest;

use crate::desk::domain::{InvalidQuantity, Quantity};

#[rstest]
#[case::one(1)]
#[case::a_dozen(12)]
#[case::the_most(1000)]
fn a_quantity_is(#[case] number: i64) {
    assert_eq!(Quantity::new(number).map(|q| i64::from(q.get())), Ok(number));
}

#[rstest]
#[case::nothing(0)]
#[case::less_than_nothing(-1)]
#[case::one_too_many(1001)]
#[case::what_one_wraps_around_to(4_294_967_297)]
#[case::the_largest_number(i64::MAX)]
#[case::the_smallest_number(i64::MIN)]
fn no_quantity_is(#[case] number: i64) {
    assert_eq!(Quantity::new(number), Err(InvalidQuantity));
}
