//! How many of a product.

use rstest::rstest;

use crate::desk::domain::{InvalidQuantity, Quantity};

#[rstest]
#[case::one(1)]
#[case::dozen(12)]
#[case::more_than_a_byte(256)]
#[case::maximum(1000)]
fn valid_quantity_is_accepted(#[case] number: i64) {
    assert_eq!(Quantity::new(number).map(|q| i64::from(q.get())), Ok(number));
}

#[rstest]
#[case::zero(0)]
#[case::negative(-1)]
#[case::one_too_many(1001)]
#[case::one_in_32_bits(4_294_967_297)]
#[case::one_in_16_bits(65_537)]
#[case::one_in_32_bits_below_zero(-4_294_967_295)]
#[case::largest_number(i64::MAX)]
#[case::smallest_number(i64::MIN)]
fn invalid_quantity_is_refused(#[case] number: i64) {
    assert_eq!(Quantity::new(number), Err(InvalidQuantity));
}

#[test]
fn maximum_quantity_is_1000() {
    assert_eq!(Quantity::MAX, 1000);
}
