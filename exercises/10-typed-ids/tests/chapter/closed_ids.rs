//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

// ANCHOR: cases
#[rstest]
#[case::a_user_id_for_an_order_id(include_str!("../programs/ids_swapped.rs"))]
#[case::two_ids_for_each_other(include_str!("../programs/arguments_swapped.rs"))]
#[case::a_user_id_compared_with_an_order_id(include_str!(
    "../programs/ids_compared.rs"
))]
#[case::a_number_for_an_id(include_str!("../programs/a_bare_number.rs"))]
#[case::a_user_changed_from_outside(include_str!(
    "../programs/a_field_from_outside.rs"
))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
// ANCHOR_END: cases
