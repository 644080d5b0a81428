//! Wrong programs, and that the compiler refuses them.

use rstest::rstest;
use testkit_compiler::WrongPrograms;

const PROGRAMS: WrongPrograms = WrongPrograms(&[(
    "a_draft_is_paid",
    include_str!("../programs/a_draft_is_paid.rs"),
)]);

// ANCHOR: cases
#[rstest]
#[case::a_draft_is_paid("a_draft_is_paid", "E0599")]
fn does_not_compile(#[case] program: &str, #[case] code: &str) {
    let said = PROGRAMS.errors_of(program);
    assert!(
        said.contains(&format!("error[{code}]")),
        "it does not compile, but for another reason:\n{said}"
    );
}
// ANCHOR_END: cases
