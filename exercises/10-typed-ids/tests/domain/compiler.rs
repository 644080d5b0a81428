//! Wrong programs, and that the compiler refuses them.

use rstest::rstest;
use testkit_compiler::WrongPrograms;

const PROGRAMS: WrongPrograms = WrongPrograms(&[
    ("ids_swapped", include_str!("../programs/ids_swapped.rs")),
    ("arguments_swapped", include_str!("../programs/arguments_swapped.rs")),
    ("ids_compared", include_str!("../programs/ids_compared.rs")),
    ("a_bare_number", include_str!("../programs/a_bare_number.rs")),
    ("a_field_from_outside", include_str!("../programs/a_field_from_outside.rs")),
]);

// ANCHOR: cases
#[rstest]
#[case::a_user_id_for_an_order_id("ids_swapped", "E0308")]
#[case::two_ids_for_each_other("arguments_swapped", "E0308")]
#[case::a_user_id_compared_with_an_order_id("ids_compared", "E0308")]
#[case::a_number_for_an_id("a_bare_number", "E0308")]
#[case::a_user_changed_from_outside("a_field_from_outside", "E0616")]
fn does_not_compile(#[case] program: &str, #[case] code: &str) {
    let said = PROGRAMS.errors_of(program);
    assert!(
        said.contains(&format!("error[{code}]")),
        "it does not compile, but for another reason:\n{said}"
    );
}
// ANCHOR_END: cases
