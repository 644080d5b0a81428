//! Wrong programs, and that the compiler refuses them.

use rstest::rstest;
use testkit_compiler::WrongPrograms;

const PROGRAMS: WrongPrograms = WrongPrograms(&[
    (
        "an_item_past_the_order",
        include_str!("../programs/an_item_past_the_order.rs"),
    ),
    (
        "another_quantity_later",
        include_str!("../programs/another_quantity_later.rs"),
    ),
]);

// ANCHOR: cases
#[rstest]
#[case::an_item_past_the_order("an_item_past_the_order", "E0616")]
#[case::another_quantity_later("another_quantity_later", "E0616")]
fn does_not_compile(#[case] program: &str, #[case] code: &str) {
    let said = PROGRAMS.errors_of(program);
    assert!(
        said.contains(&format!("error[{code}]")),
        "it does not compile, but for another reason:\n{said}"
    );
}
// ANCHOR_END: cases
