//! Wrong programs, and that the compiler refuses them.

use rstest::rstest;
use testkit_compiler::WrongPrograms;

const PROGRAMS: WrongPrograms = WrongPrograms(&[(
    "an_error_made_of_text",
    include_str!("../programs/an_error_made_of_text.rs"),
)]);

// ANCHOR: cases
#[rstest]
#[case::an_error_made_of_text("an_error_made_of_text", "E0277")]
fn does_not_compile(#[case] program: &str, #[case] code: &str) {
    let said = PROGRAMS.errors_of(program);
    assert!(
        said.contains(&format!("error[{code}]")),
        "it does not compile, but for another reason:\n{said}"
    );
}
// ANCHOR_END: cases
