//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

// ANCHOR: cases
#[rstest]
#[case::error_made_of_text(include_str!("../programs/an_error_made_of_text.rs"))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
// ANCHOR_END: cases

/// No text can be made while compiling. So what says there what an error means has read the error, and not its words.
#[test]
fn meaning_is_known_without_a_text() {
    programs::compiles(include_str!("../programs/meanings_without_a_text.rs"));
}
