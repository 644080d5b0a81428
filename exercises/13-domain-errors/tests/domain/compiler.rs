//! Wrong programs, and that the compiler refuses them.
//!
//! trybuild would compare all that the compiler says, which changes with each version. So it writes that beside the
//! program, in a folder of its own, and the test looks for the code of the error, which stays.

use std::{env, fs, panic};

use rstest::rstest;
use tempfile::TempDir;
use trybuild::TestCases;

// ANCHOR: cases
#[rstest]
#[case::an_error_made_of_text(include_str!("../programs/an_error_made_of_text.rs"), "E0277")]
fn does_not_compile(#[case] program: &str, #[case] code: &str) {
    let said = errors_of(program);
    assert!(
        said.contains(&format!("error[{code}]")),
        "it does not compile, but for another reason:\n{said}"
    );
}
// ANCHOR_END: cases

/// What the compiler says of the program. Fails when it has nothing to say.
fn errors_of(program: &str) -> String {
    assert_eq!(
        env::var("TRYBUILD").as_deref(),
        Ok("overwrite"),
        "`.cargo/config.toml` sets it: run this test through Cargo or the workbook"
    );
    let folder = TempDir::new().expect("a temporary folder");
    let source = folder.path().join("program.rs");
    fs::write(&source, program).expect("a copy of the program");
    let refused = panic::catch_unwind(|| TestCases::new().compile_fail(&source));
    assert!(refused.is_ok(), "this program compiles, and must not:\n\n{program}");
    fs::read_to_string(source.with_extension("stderr"))
        .expect("what the compiler said")
}
