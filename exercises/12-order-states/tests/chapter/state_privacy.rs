//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

// ANCHOR: cases
#[rstest]
#[case::draft_paid_in_typestate(include_str!("../programs/a_draft_is_paid.rs"))]
#[case::time_beside_the_state(include_str!(
    "../programs/a_time_beside_the_state.rs"
))]
#[case::state_changed_from_outside(include_str!(
    "../programs/the_state_from_outside.rs"
))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
// ANCHOR_END: cases
