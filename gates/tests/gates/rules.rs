//! Gates 1 to 4, and 6 to 8: each thing that is wrong is reported once, with its mend.

use crate::broken::one;

#[test]
fn a_starter_without_warnings() {
    one(
        "second",
        1,
        "exercises/02-second/src/lib.rs:8:9: unused variable",
        "cargo clippy --all-targets -p second",
    );
}

#[test]
fn a_starter_that_compiles() {
    one("third", 1, "exercises/03-third/src/lib.rs:8:5: mismatched types", "todo!(\"what to do\")");
}

#[test]
fn a_test_fails_only_when_red_names_it() {
    one("fourth", 1, "tests fail that are not in `red`: one::one_is_one", "exercises/04-fourth/Cargo.toml");
}

#[test]
fn a_test_that_red_names_fails() {
    one("fifth", 1, "`red` names tests that pass: one::one_is_one", "take them out of `red`");
}

#[test]
fn a_name_in_red_is_a_test() {
    one("sixth", 1, "tests that there are not: rules::three_doubled_is_six", "exercises/06-sixth/Cargo.toml");
}

#[test]
fn a_test_fails_by_itself_and_does_not_die() {
    one(
        "seventh",
        1,
        "rules::two_doubled_is_four does not fail by an assertion",
        "cargo test -p seventh rules::two_doubled_is_four",
    );
}

#[test]
fn a_todo_says_what_to_do() {
    one("eighth", 1, "exercises/08-eighth/src/lib.rs:13 is a todo!", "in the words of the page");
}

#[test]
fn a_library_has_no_tests_of_its_own() {
    one("sixteenth", 1, "does not say `doctest = false`", "under [lib]");
}

#[test]
fn a_file_in_the_manifest_is_or_was_there() {
    one("seventeenth", 4, "`edit` or `given` names src/nowhere.rs", "write the file");
}

#[test]
fn a_folder_in_the_manifest_is_or_was_there() {
    one("tidied", 4, "`edit` or `given` names src/nowhere/", "write the file");
}

#[test]
fn a_chapter_begins_red() {
    one("eighteenth", 1, "`red` is empty", "exercises/18-eighteenth/Cargo.toml");
}

#[test]
fn a_solution_without_what_clippy_warns_of() {
    one(
        "second",
        2,
        "solutions/02-second/src/lib.rs:11:5: returning the result of a `let` binding",
        "-p second-solution",
    );
}

#[test]
fn a_solution_without_a_todo() {
    one("third", 2, "solutions/03-third/src/lib.rs:15 calls todo!", "a solution is whole");
}

#[test]
fn a_solution_that_turns_no_warning_off() {
    one(
        "fourth",
        2,
        "solutions/04-fourth/src/lib.rs:13 turns a warning off",
        "mend what the compiler warns of",
    );
}

#[test]
fn a_solution_that_is_formatted() {
    one("fifth", 2, "not formatted: src/lib.rs", "cargo fmt -p fifth-solution");
}

#[test]
fn a_solution_that_passes() {
    one("sixth", 2, "the solution fails: one::one_is_one", "cargo test -p sixth-solution");
}

#[test]
fn a_manifest_names_the_rings_and_no_other_tests() {
    one(
        "silent",
        2,
        "solutions/30-silent/Cargo.toml has no [[test]] kept at ../../exercises/30-silent/tests/kept.rs",
        "write there: [[test]]",
    );
    one("sixteenth", 2, "has a [[test]] more at ../../exercises/16-sixteenth/tests", "take the target out");
    one(
        "dropped",
        1,
        "`edit` or `given` names tests: tests/chapter/one.rs",
        "exercises/28-dropped/Cargo.toml",
    );
}

#[test]
fn what_is_red_is_in_the_chapters_ring() {
    one(
        "unheard",
        1,
        "`red` names tests of the kept ring: plain_rules::two_doubled_is_four",
        "tests/chapter/main.rs",
    );
}

#[test]
fn no_test_is_ignored() {
    one(
        "eighth",
        2,
        "exercises/08-eighth/tests/chapter/one.rs:4 is an ignored test",
        "take the #[ignore] out",
    );
}

#[test]
fn a_solution_has_no_tests_of_its_own() {
    one("seventh", 2, "solutions/07-seventh/tests/own.rs", "move it to exercises/07-seventh/tests");
}

#[test]
fn a_solution_is_named_after_its_exercise() {
    one("seventeenth", 2, "is \"seventeenth-reference\"", "name it \"seventeenth-solution\"");
    one("nineteenth", 2, "is not \"nineteenth\"", "name = \"nineteenth\"");
}

#[test]
fn a_solution_exists() {
    one("eighteenth", 2, "there is no solutions/18-eighteenth", "write it");
}

#[test]
fn three_wrong_answers_are_the_least() {
    one("second", 3, "second has 2 wrong answers", "solutions/02-second/wrong-answers/NAME.diff");
}

#[test]
fn a_wrong_answer_that_nothing_catches_is_a_hole_in_the_exercise() {
    one("third", 3, "a_constant.diff passes every test of the chapter's ring", "the exercise has a hole");
}

#[test]
fn a_wrong_answer_is_caught_by_the_test_that_it_names() {
    one(
        "fourth",
        3,
        "is not caught by one::one_is_one, but by: rules::table::case_1_nothing, rules::table::case_2_negative",
        "mend its line `Caught by:`",
    );
}

#[test]
fn every_test_that_a_wrong_answer_names_exists() {
    one(
        "fifth",
        3,
        "a_constant.diff names rules::tables, and the chapter's ring has no such test",
        "What catches it: rules::table::case_1_nothing",
    );
}

#[test]
fn a_wrong_answer_names_a_test() {
    one(
        "sixth",
        3,
        "wrong-answers/a_constant.diff does not say which test catches it",
        "Caught by: a_module::a_test",
    );
}

#[test]
fn a_wrong_answer_compiles() {
    one(
        "seventh",
        3,
        "a_constant.diff does not compile: src/lib.rs:4:5: mismatched types",
        "make it compile",
    );
}

#[test]
fn a_wrong_answer_makes_no_test_run_on_and_on() {
    one("lost", 3, "a_constant.diff keeps its tests running for ", "put a cap on the loop");
}

#[test]
fn a_wrong_answer_is_a_difference_with_a_name_in_snake_case() {
    one("eighth", 3, "solutions/08-eighth/wrong-answers/whole.rs is a whole file", "NAME.diff");
    one("sixteenth", 3, "wrong-answers/plus-two.diff is not named in snake_case", "missing_commit.diff");
}

#[test]
fn a_wrong_answer_applies() {
    one(
        "seventeenth",
        3,
        "a_constant.diff does not apply to solutions/17-seventeenth/src/lib.rs: error applying hunk #1",
        "git apply --reject solutions/17-seventeenth/wrong-answers/a_constant.diff",
    );
}

#[test]
fn a_chapter_has_a_right_answer_beside_its_own() {
    one("second", 8, "second has 0 right answers", "solutions/02-second/right-answers/NAME.diff");
}

#[test]
fn a_right_answer_passes() {
    one(
        "third",
        8,
        "right-answers/added.diff is right, and tests fail for it: rules::table::case_1_nothing",
        "mend these tests",
    );
    one("seventh", 8, "added.diff does not compile: src/lib.rs:4:", "make it compile");
}

#[test]
fn a_right_answer_compiles_without_warnings() {
    one("fourth", 8, "added.diff: src/lib.rs:4:11: unused variable", "a reviewer would merge");
}

#[test]
fn a_right_answer_is_caught_by_nothing() {
    one("fifth", 8, "added.diff is a right answer", "take the line `Caught by:` out");
}

#[test]
fn a_file_of_the_chapter_before_is_carried_on() {
    one(
        "carried",
        4,
        "exercises/21-carried/src/main.rs differs from the solved sound",
        "cargo gates carry sound",
    );
    one("twentieth", 4, "src/main.rs of the solved sound is gone from exercises/20-twentieth", "put it back");
}

#[test]
fn a_new_file_is_given_or_edited() {
    one("grown", 4, "exercises/23-grown/src/extra.rs is new", "name it in `given`");
}

#[test]
fn a_solution_differs_from_its_starter_where_the_learner_edits() {
    one("apart", 4, "solutions/24-apart/src/other.rs and the starter differ", "name the file in `edit`");
}

#[test]
fn no_test_is_dropped_in_silence() {
    one(
        "dropped",
        4,
        "exercises/27-plain/tests/chapter/one.rs",
        "#[path = \"../../27-plain/tests/chapter/one.rs\"]",
    );
}

#[test]
fn what_is_replaced_was_there_and_is_kept_no_longer_and_it_is_said_why() {
    one(
        "unheard",
        4,
        "`replaced` names plain/rows, and no chapter before",
        "There are: plain/one, plain/rules",
    );
    one("undecided", 4, "`replaced` names plain/one, and the chapter keeps", "out of the ring");
    one("silent", 4, "`replaced` does not say why", "`why`");
}

#[test]
fn a_test_file_is_run_by_its_chapter() {
    one("unread", 4, "exercises/32-unread/tests/chapter/unread.rs has tests, and no ring", "delete it");
}

#[test]
fn a_test_file_stands_once() {
    one(
        "copied",
        4,
        "exercises/33-copied/tests/chapter/one.rs repeats exercises/27-plain/tests/chapter/one.rs: 100 %",
        "by #[path]",
    );
}

#[test]
fn a_test_has_a_name_of_its_own() {
    one("named-twice", 4, "both rings have tests of these names: one::one_is_one", "another name");
}

#[test]
fn a_chapter_comes_from_one_that_there_is() {
    one("lost", 4, "it comes from \"nobody\"", "`from` of exercises/22-lost/Cargo.toml");
}

#[test]
fn the_domain_depends_on_no_framework_by_any_way() {
    one(
        "eighth",
        6,
        "eighth-solution → helper → tokio",
        "take helper out of [dependencies] in solutions/08-eighth/Cargo.toml",
    );
}

#[test]
fn the_lock_knows_the_exercises() {
    one("", 7, "exercises.lock is older than: exercises/01-sound/hints.md", "cargo gates lock");
}
