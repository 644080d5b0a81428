//! Programs against this crate's own tests, so that what the chapters lean on is tried without a chapter.

use std::panic;

use programs::{compiles, refused};

const REFUSED: &str =
    "fn main() {\n    let _number: u8 = \"7\"; //~ E0308\n    let _gone = 7_u8.gone(); //~ E0599|E0616\n}\n";

/// What the check says where it fails.
fn said(check: fn(&str), program: &str) -> String {
    let failure = panic::catch_unwind(|| check(program)).expect_err("it fails");
    failure.downcast_ref::<String>().expect("a message").clone()
}

#[test]
fn what_is_marked_is_refused() {
    refused(REFUSED);
}

#[test]
fn what_the_test_depends_on_is_there() {
    refused("fn main() {\n    let _id: u128 = uuid::Uuid::nil(); //~ E0308\n}\n");
    compiles("fn main() {\n    let _id = uuid::Uuid::nil();\n}\n");
}

#[test]
fn the_crate_of_the_test_is_called_desk_as_in_the_tests_of_all_chapters() {
    compiles("fn main() {\n    desk::compiles(\"\");\n    programs::compiles(\"\");\n}\n");
    refused("fn main() {\n    desk::nowhere(); //~ E0425\n}\n");
}

#[test]
fn a_program_that_compiles_is_shown() {
    let program = "fn main() {\n    let _number: u8 = 7; //~ E0308\n}\n";
    assert_eq!(said(refused, program), format!("this program compiles, and must not:\n\n{program}"));
}

#[test]
fn a_line_that_compiles_is_shown() {
    let program = REFUSED.replace("\"7\"", "7");
    assert_eq!(said(refused, &program), "this compiles, and must not:\n\n    let _number: u8 = 7; //~ E0308");
}

#[test]
fn another_reason_is_shown() {
    for program in
        [REFUSED.replace("E0308", "E0277"), REFUSED.replace("fn main() {", "fn main() { 8_u8.gone();")]
    {
        let said = said(refused, &program);
        assert!(
            said.starts_with("this program does not compile, but for another reason:\n\nerror[E0"),
            "{said}"
        );
    }
}

#[test]
fn a_program_without_a_mark_proves_nothing() {
    assert!(said(refused, "fn main() {}").starts_with("no line of the program ends with `//~ E0000`"));
}

#[test]
fn a_program_that_has_to_compile_says_why_it_does_not() {
    let said = said(compiles, REFUSED);
    assert!(said.starts_with("this program does not compile, and has to:"), "{said}");
    assert!(said.contains("error[E0308]: mismatched types"), "{said}");
}
