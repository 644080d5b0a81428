//! A wrong program, and that the compiler refuses it.

use testkit_compiler::errors_of;

#[test]
fn a_draft_that_is_paid_does_not_compile() {
    let said = errors_of(include_str!("../programs/a_draft_is_paid.rs"));
    assert!(
        said.contains("error[E0599]"),
        "it does not compile, but for another reason:\n{said}"
    );
}
