//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

// ANCHOR: cases
#[rstest]
#[case::user_id_as_order_id(include_str!("../programs/ids_swapped.rs"))]
#[case::swapped_arguments(include_str!("../programs/arguments_swapped.rs"))]
#[case::user_id_compared_with_order_id(include_str!("../programs/ids_compared.rs"))]
#[case::number_as_id(include_str!("../programs/a_bare_number.rs"))]
#[case::number_taken_within_the_crate(include_str!(
    "../programs/a_number_from_within.rs"
))]
#[case::user_changed_from_outside(include_str!(
    "../programs/a_field_from_outside.rs"
))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
// ANCHOR_END: cases
