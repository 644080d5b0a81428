//! Gate 4, the rings: what a chapter takes from an earlier one, and what it repeats.

use crate::fixture::{Draft, one_at_a_time};

/// It catches what the test of an earlier chapter in the chapter's ring catches.
const TWO: &str = "One is two.
Caught by: sound_one::one_is_one, one

--- a/solutions/02-shared/src/lib.rs
+++ b/solutions/02-shared/src/lib.rs
@@ -8,4 +8,4 @@
 /// Always one.
 pub fn one() -> i64 {
-    1
+    2
 }
";

#[test]
fn a_ring_may_take_a_test_file_of_an_earlier_chapter() {
    let _turn = one_at_a_time();
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    let mut chapter = draft.chapter("02-shared");
    chapter.comes_from("01-sound", &[]);
    let module = "\n#[path = \"../../../01-sound/tests/chapter/one.rs\"]\nmod sound_one;\n";
    chapter.append("exercise/tests/chapter/main.rs", module);
    chapter.put("solution/wrong-answers/two.diff", TWO);
    let answer = draft.write().tool(&["check", "shared"]);
    assert_eq!(answer.code, Some(0), "what it takes counts as kept: {answer:?}");
}

#[test]
fn long_test_files_are_not_nearly_the_same() {
    let _turn = one_at_a_time();
    let test = |name: &str, at: usize| {
        format!("#[test]\nfn {name}_{at}() {{\n    assert_eq!(one(), {at} - {at} + 1);\n}}\n\n")
    };
    let text = |name: &str| {
        format!("use crate::desk::one;\n\n{}", (1..9).map(|at| test(name, at)).collect::<String>())
    };
    let mut draft = Draft::new();
    let mut chapter = draft.chapter("01-sound");
    chapter.without_answers();
    chapter.put("exercise/tests/chapter/long.rs", &text("one"));
    let near = text("one").replace("one_1", "first").replace("one_2", "second");
    chapter.put("exercise/tests/chapter/near.rs", &near);
    chapter.put("exercise/tests/chapter/other.rs", &text("another"));
    chapter.append("exercise/tests/chapter/main.rs", "\nmod long;\n\nmod near;\n\nmod other;\n");
    let answer = draft.write().tool(&["check", "sound", "--format", "json"]).json();
    let failures = answer["failures"].as_array().unwrap();
    let of_rings: Vec<_> =
        failures.iter().filter(|one| one["gate"] == 4).map(|one| &one["problem"]).collect();
    let repeats = "exercises/01-sound/tests/chapter/near.rs repeats exercises/01-sound/tests/chapter/long.rs: 94 % of their lines are the same";
    assert_eq!(of_rings, [repeats], "{failures:#?}");
}
