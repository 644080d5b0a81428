//! Wrong programs, and that the compiler refuses them.
//!
//! A line that it has to refuse ends with the code of the error: `//~ E0308`. The code stays when a newer compiler says
//! it in other words.

use rstest::rstest;

#[rstest]
#[case::customer_changed_from_outside(include_str!(
    "../programs/a_customer_from_outside.rs"
))]
fn does_not_compile(#[case] program: &str) {
    programs::refused(program);
}
