//! `carry` writes answers anew, so that they apply to a solution that has changed.

use std::{path::Path, process::Command};

use workbook::course::answers::Answer;

use crate::fixture::{Draft, Workbook};

/// Two chapters in git, the second from the first.
fn workbook() -> Workbook {
    let mut draft = Draft::new();
    draft.chapter("01-sound");
    draft.chapter("02-later").comes_from("01-sound", &["01-sound"]);
    let workbook = draft.write();
    let identity = ["-c", "user.name=a maintainer", "-c", "user.email=maintainer@beans.example"];
    for arguments in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message=small"]]
    {
        let mut git = Command::new("git");
        let status = git.args(identity).args(arguments).current_dir(workbook.root()).status().unwrap();
        assert!(status.success(), "git {arguments:?}");
    }
    workbook
}

/// The text of the file that the answer changes, with the answer.
fn applied(root: &Path, path: &str) -> String {
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    let before = |file: &str| std::fs::read_to_string(root.join(file)).ok();
    let changed = Answer::parse(path, &text).and_then(|answer| answer.apply(before)).unwrap();
    changed[0].1.clone().unwrap()
}

#[test]
fn what_changes_in_a_solution_changes_in_the_context_of_every_answer() {
    let workbook = workbook();
    workbook.replace("solutions/01-sound/src/lib.rs", "/// Always one.", "/// One, always.");

    let carried = workbook.tool(&["carry", "sound"]);

    assert_eq!(carried.code, Some(0), "{carried:?}");
    for folder in ["01-sound", "02-later"] {
        for answer in
            ["wrong-answers/two_files.diff", "wrong-answers/a_constant.diff", "right-answers/added.diff"]
        {
            let path = format!("solutions/{folder}/{answer}");
            let text = applied(workbook.root(), &path);
            assert!(text.contains("/// One, always.") && !text.contains("n * 2"), "{path}:\n{text}");
        }
        let two_files = format!("solutions/{folder}/wrong-answers/two_files.diff");
        let text = workbook.read(&two_files);
        assert!(
            text.starts_with("The number is squared.\nCaught by: rules::table::case_2_negative\n\n--- a/"),
            "{text}"
        );
        assert!(text.contains("\n /// One, always.\n") && text.contains("\n--- /dev/null\n"), "{text}");
        assert!(carried.stdout.contains(&two_files), "{}", carried.stdout);
    }
}

#[test]
fn an_answer_that_changes_the_same_lines_conflicts_and_nothing_is_written() {
    let workbook = workbook();
    workbook.replace("solutions/01-sound/src/lib.rs", "    n * 2\n", "    2 * n\n");
    let before = workbook.read("solutions/01-sound/wrong-answers/plus_two.diff");

    let carried = workbook.tool(&["carry", "sound"]);

    assert_eq!(carried.code, Some(1), "{carried:?}");
    assert!(
        carried.stdout.contains("conflict solutions/01-sound/wrong-answers/plus_two.diff"),
        "{carried:?}"
    );
    assert!(carried.stdout.contains("Nothing was written"), "{carried:?}");
    assert_eq!(workbook.read("solutions/01-sound/wrong-answers/plus_two.diff"), before);
}

#[test]
fn an_answer_that_was_mended_by_hand_stays_as_it_is() {
    let workbook = workbook();
    workbook.replace("solutions/01-sound/src/lib.rs", "    1\n", "    2 - 1\n");
    let path = "solutions/01-sound/wrong-answers/one_is_two.diff";
    let text = "One is two.\nCaught by: one\n\n--- a/solutions/01-sound/src/lib.rs\n+++ b/solutions/01-sound/src/lib.rs\n@@ -8,4 +8,4 @@\n /// Always one.\n pub fn one() -> i64 {\n-    2 - 1\n+    2\n }\n";
    workbook.put(path, text);

    let carried = workbook.tool(&["carry", "sound"]);

    assert_eq!(carried.code, Some(0), "{carried:?}");
    assert_eq!(workbook.read(path), text);
}
