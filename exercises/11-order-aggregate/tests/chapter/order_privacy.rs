//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

// ANCHOR: cases
#[rstest]
#[case::item_pushed_past_the_order(include_str!(
    "../programs/an_item_past_the_order.rs"
))]
#[case::quantity_changed_later(include_str!(
    "../programs/another_quantity_later.rs"
))]
#[case::field_written_within_the_crate(include_str!("../programs/a_field_from_outside.rs"))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
// ANCHOR_END: cases
