use testkit_compiler::WrongPrograms;

const PROGRAMS: WrongPrograms = WrongPrograms(&[
    ("a_number_for_a_text", "fn main() {\n    let _text: &str = 1;\n}\n"),
    (
        "a_value_that_has_moved",
        "fn main() {\n    let a = String::new();\n    drop(a);\n    drop(a);\n}\n",
    ),
    ("nothing_wrong", "fn main() {}\n"),
]);

#[test]
fn what_the_compiler_says_of_each_is_told() {
    let said = PROGRAMS.errors_of("a_number_for_a_text");
    assert!(said.contains("error[E0308]") && !said.contains("E0382"), "{said}");
    let said = PROGRAMS.errors_of("a_value_that_has_moved");
    assert!(said.contains("error[E0382]") && !said.contains("E0308"), "{said}");
}

#[test]
#[should_panic(expected = "this program compiles, and must not:\n\nfn main() {}")]
fn a_program_that_compiles_fails_the_test() {
    PROGRAMS.errors_of("nothing_wrong");
}

#[test]
#[should_panic(expected = "there is no program nowhere")]
fn a_program_that_there_is_not_fails_the_test() {
    PROGRAMS.errors_of("nowhere");
}

#[test]
fn asked_once_it_is_known_for_as_long_as_the_tests_are_not_built_again() {
    PROGRAMS.errors_of("a_number_for_a_text");
    let kept = std::env::current_exe().unwrap().with_extension("said");
    let before = std::fs::metadata(&kept).unwrap().modified().unwrap();
    PROGRAMS.errors_of("a_value_that_has_moved");
    assert_eq!(std::fs::metadata(&kept).unwrap().modified().unwrap(), before);
}
