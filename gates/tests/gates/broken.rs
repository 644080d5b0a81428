//! A workbook in which each rule is broken once, each in a chapter and a gate of its own.

use std::sync::LazyLock;

use serde_json::Value;

use crate::fixture::{Answer, Draft, Workbook, one_at_a_time};

/// One check of one workbook in which every rule is broken, each in a chapter and a gate of its own: building it once
/// is what makes these tests quick.
pub static BROKEN: LazyLock<Answer> = LazyLock::new(|| {
    let _turn = one_at_a_time();
    let workbook = broken();
    // The lock is older than this, and the page of the chapter does not show it.
    workbook.replace("exercises/01-sound/hints.md", "Read the page.", "Read the page again.");
    workbook.tool(&["check", "--format", "json"])
});

const A_CONSTANT: &str = "solution/wrong-answers/a_constant.diff";
const ADDED: &str = "solution/right-answers/added.diff";

/// Chapter 1 keeps every rule. The others break one rule in each gate that they can.
fn broken() -> Workbook {
    let mut draft = Draft::new();
    draft.chapter("01-sound").serve();
    broken_crates(&mut draft);
    broken_chain(&mut draft);
    broken_rings(&mut draft);

    draft.replace(
        "book/SUMMARY.md",
        "- [Page seventh](part-1/seventh.md)\n",
        "- [Orphan](part-1/orphan.md)\n",
    );
    draft.replace("book/SUMMARY.md", "# Summary\n\n", "# Summary\n\n- [Glossary](glossary.md)\n");
    draft.put("book/part-1/orphan.md", "# Orphan\n\n[nowhere](missing.md)\n\n## Exercise\n");
    draft.replace(
        "Cargo.toml",
        "[workspace.dependencies]\n",
        "[workspace.dependencies]\nhelper = { path = \"crates/helper\" }\n",
    );
    for (name, dependencies) in [("helper", "tokio = { path = \"../tokio\" }\n"), ("tokio", "")] {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        );
        draft.put(&format!("crates/{name}/Cargo.toml"), &manifest);
        draft.put(&format!("crates/{name}/src/lib.rs"), "//! Empty.\n");
    }
    draft.write()
}

/// Gates 1, 2, 3, 5, 6 and 8: what each chapter says and does by itself.
fn broken_crates(draft: &mut Draft) {
    let mut chapter = draft.chapter("02-second");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    let unused = 1;\n    1\n");
    chapter.replace("solution/src/lib.rs", "    1\n", "    let one = 1;\n    one\n");
    chapter.remove(A_CONSTANT);
    chapter.remove(ADDED);
    chapter.replace("page", "return twice 2", "return twice 3");

    let mut chapter = draft.chapter("03-third");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    \"one\"\n");
    chapter.append("solution/src/lib.rs", "\n/// Later.\npub fn later() {\n    todo!(\"later\")\n}\n");
    chapter.replace(A_CONSTANT, "    4\n", "    2 + 2 * (n - 1)\n");
    chapter.replace(A_CONSTANT, "_: i64", "n: i64");
    chapter.replace(ADDED, "n + n", "n + 2");

    let mut chapter = draft.chapter("04-fourth");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    2\n");
    chapter.append("solution/src/lib.rs", "\n#[allow(dead_code)]\nfn unused() {}\n");
    chapter.replace(A_CONSTANT, "Caught by: rules::table", "Caught by: one::one_is_one");
    chapter.replace(ADDED, "n + n", "{ let unused = n; n + n }");
    chapter.replace("page", "cargo test -p fourth", "cargo test");

    let mut chapter = draft.chapter("05-fifth");
    chapter.replace("exercise/Cargo.toml", "\"rules::table\"", "\"rules::table\", \"one::one_is_one\"");
    chapter.replace("solution/src/lib.rs", "pub fn one()", "pub fn  one()");
    chapter.replace(A_CONSTANT, "Caught by: rules::table", "Caught by: rules::table, rules::tables");
    chapter.replace(ADDED, "itself.\n", "itself.\nCaught by: rules::table\n");
    chapter.replace("exercise/hints.md", "`rules::table`", "`rules::tables`");

    let mut chapter = draft.chapter("06-sixth");
    chapter.replace(
        "exercise/Cargo.toml",
        "\"rules::table\"",
        "\"rules::table\", \"rules::three_doubled_is_six\"",
    );
    chapter.replace("solution/src/lib.rs", "    1\n", "    2\n");
    chapter.replace(A_CONSTANT, "Caught by: rules::table\n", "");
    chapter.remove("exercise/hints.md");

    let mut chapter = draft.chapter("07-seventh");
    chapter.replace(
        "exercise/src/lib.rs",
        "    todo!",
        "    if n == 2 {\n        std::process::abort();\n    }\n    todo!",
    );
    chapter.put("solution/tests/own.rs", "#[test]\nfn own() {}\n");
    chapter.replace(A_CONSTANT, "    4\n", "    \"4\"\n");
    chapter.replace(ADDED, "n + n", "n + \"n\"");
    chapter.remove("page");

    let mut chapter = draft.chapter("08-eighth");
    chapter.append("exercise/src/lib.rs", "\n/// Later.\npub fn later() {\n    todo!()\n}\n");
    chapter.replace(
        "exercise/tests/chapter/one.rs",
        "#[test]\nfn one_is_one",
        "#[test]\n#[ignore]\nfn one_is_one",
    );
    chapter.put("solution/wrong-answers/whole.rs", "// Caught by: rules::table\n");
    chapter.append("solution/Cargo.toml", "\n[dependencies]\nhelper.workspace = true\n");
    chapter.replace("page", "{{#include ../../solutions/08-eighth/src/lib.rs:double}}", "let typed = 1;");

    let mut chapter = draft.chapter("16-sixteenth");
    chapter.replace("exercise/Cargo.toml", "doctest = false", "doctest = true");
    let target = "name = \"chapter\"\npath = \"../../exercises/16-sixteenth/tests/chapter/main.rs\"";
    let more = format!("\n[[test]]\n{}", target.replace("chapter\"", "more\""));
    chapter.append("solution/Cargo.toml", &more);
    chapter.rename("solution/wrong-answers/plus_two.diff", "solution/wrong-answers/plus-two.diff");
    chapter.serve();
    chapter.replace("page", "solved 2 known", "solved 2 new");

    let mut chapter = draft.chapter("17-seventeenth");
    chapter.replace("exercise/Cargo.toml", "given = [", "given = [\"src/nowhere.rs\", ");
    chapter.serve();
    chapter.replace("solution/Cargo.toml", "seventeenth-solution", "seventeenth-reference");
    chapter.replace(A_CONSTANT, "-    n * 2", "-    n * 3");
    chapter.append("page", "\n```console,starter\n$ curl http://127.0.0.1:3000/ | sort\n```\n");

    let mut chapter = draft.chapter("18-eighteenth");
    chapter.replace(
        "exercise/Cargo.toml",
        "red = [\"rules::two_doubled_is_four\", \"rules::table\"]",
        "red = []",
    );
    chapter.remove("solution");
    chapter.replace("page", "../../solutions/18-eighteenth", "../../solutions/01-sound");

    let mut chapter = draft.chapter("19-nineteenth");
    chapter.replace("solution/Cargo.toml", "name = \"nineteenth\"", "name = \"nine\"");
    for member in ["exercise", "solution"] {
        chapter.put(
            &format!("{member}/src/domain/mod.rs"),
            "//! The words.\n\npub struct Bean;\npub struct Roast;\n",
        );
    }
    draft.put("book/glossary.md", "# Glossary\n\n## Bean\n\nIn code: `Bean`.\n");

    draft.replace("book/SUMMARY.md", "- [Page third](part-1/third.md)\n", "");
}

/// Gate 4: the code of one chapter and of the next.
fn broken_chain(draft: &mut Draft) {
    draft.chapter("20-twentieth").comes_from("01-sound", &["01-sound"]);

    let mut chapter = draft.chapter("21-carried");
    chapter.comes_from("01-sound", &["01-sound"]);
    chapter.serve();
    for member in ["exercise", "solution"] {
        chapter.replace(&format!("{member}/src/main.rs"), "//! A service.", "//! Another service.");
    }

    let mut chapter = draft.chapter("22-lost");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"nobody\"]");
    let slow = "    std::thread::sleep(std::time::Duration::from_secs(4)); 4\n";
    chapter.replace(A_CONSTANT, "    4\n", slow);

    let mut chapter = draft.chapter("23-grown");
    chapter.comes_from("20-twentieth", &["01-sound", "20-twentieth"]);
    for member in ["exercise", "solution"] {
        chapter.put(&format!("{member}/src/extra.rs"), "//! New, and named nowhere.\n");
    }

    let mut chapter = draft.chapter("24-apart");
    chapter.comes_from("20-twentieth", &["01-sound", "20-twentieth"]);
    chapter.put("solution/src/other.rs", "//! The solution alone has it.\n");

    // `old/` is gone, which `given` says of the whole folder; `nowhere/` never was.
    let mut chapter = draft.chapter("25-moved");
    chapter.put("solution/src/old/one.rs", "//! One.\n");
    chapter.put("exercise/src/old/one.rs", "//! One.\n");
    let mut chapter = draft.chapter("26-tidied");
    chapter.comes_from("25-moved", &["25-moved"]);
    chapter.replace("exercise/Cargo.toml", "given = [", "given = [\"src/nowhere/\", \"src/old/\", ");
}

/// Gate 4: the tests of one chapter and of the next. And what manifests say of rings, in gates 1 and 2.
fn broken_rings(draft: &mut Draft) {
    let manifest = "exercise/Cargo.toml";
    draft.chapter("27-plain");

    let mut chapter = draft.chapter("28-dropped");
    chapter.comes_from("27-plain", &[]);
    chapter.replace(manifest, "given = [", "given = [\"tests/chapter/one.rs\", ");

    let mut chapter = draft.chapter("29-unheard");
    chapter.comes_from("27-plain", &["27-plain"]);
    chapter.replace(manifest, "\"plain/rules\"", "\"plain/rows\"");
    let rules = "\n#[path = \"../../27-plain/tests/chapter/rules.rs\"]\nmod plain_rules;\n";
    chapter.append("exercise/tests/kept.rs", rules);
    chapter.replace(manifest, "\"rules::table\"", "\"rules::table\", \"plain_rules\"");

    let mut chapter = draft.chapter("30-silent");
    chapter.comes_from("27-plain", &["27-plain"]);
    chapter.replace(manifest, "it is asked once more", " ");
    let kept = "\n[[test]]\nname = \"kept\"\npath = \"../../exercises/30-silent/tests/kept.rs\"\n";
    chapter.replace("solution/Cargo.toml", kept, "");

    let mut chapter = draft.chapter("31-undecided");
    chapter.comes_from("27-plain", &["27-plain"]);
    chapter.replace(manifest, "\"plain/rules\"", "\"plain/rules\", \"plain/one\"");

    let mut chapter = draft.chapter("32-unread");
    chapter.put("exercise/tests/chapter/unread.rs", "#[test]\nfn nobody_runs_it() {}\n");

    let mut chapter = draft.chapter("33-copied");
    chapter.replace("exercise/tests/chapter/one.rs", "33-copied", "27-plain");

    let mut chapter = draft.chapter("34-named-twice");
    chapter.comes_from("27-plain", &["27-plain"]);
    chapter.replace("exercise/tests/kept.rs", "mod plain_one", "mod one");
}

/// The failures of a chapter (`""`: of the whole workbook) in a gate.
pub fn failures(chapter: &str, gate: u64) -> Vec<(String, String)> {
    let answer = BROKEN.json();
    let is_asked =
        |failure: &&Value| failure["chapter"].as_str().unwrap_or("") == chapter && failure["gate"] == gate;
    let text = |failure: &Value, key: &str| failure[key].as_str().unwrap().to_owned();
    let all = answer["failures"].as_array().unwrap();
    all.iter().filter(is_asked).map(|failure| (text(failure, "problem"), text(failure, "mend"))).collect()
}

/// There is exactly one, and it says this.
#[track_caller]
pub fn one(chapter: &str, gate: u64, problem: &str, mend: &str) {
    let found = failures(chapter, gate);
    assert_eq!(found.len(), 1, "{chapter}, gate {gate}: {found:#?}");
    assert!(found[0].0.contains(problem), "{found:#?} does not say {problem:?}");
    assert!(found[0].1.contains(mend), "{found:#?} does not say {mend:?}");
}
