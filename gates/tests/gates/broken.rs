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

/// Chapter 1 keeps every rule. The others break one rule in each gate that they can.
fn broken() -> Workbook {
    let mut draft = Draft::new();
    draft.chapter("01-sound").serve();

    let mut chapter = draft.chapter("02-second");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    let unused = 1;\n    1\n");
    chapter.replace("solution/src/lib.rs", "    n * 2\n", "    let twice = n * 2;\n    twice\n");
    chapter.remove("solution/wrong-answers/a_constant.rs");
    chapter.replace("page", "return twice 2", "return twice 3");

    let mut chapter = draft.chapter("03-third");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    \"one\"\n");
    chapter.append("solution/src/lib.rs", "\n/// Later.\npub fn later() {\n    todo!(\"later\")\n}\n");
    chapter.replace("solution/wrong-answers/a_constant.rs", "    4\n", "    2 + 2 * (n - 1)\n");
    chapter.replace("solution/wrong-answers/a_constant.rs", "_: i64", "n: i64");

    let mut chapter = draft.chapter("04-fourth");
    chapter.replace("exercise/src/lib.rs", "    1\n", "    2\n");
    chapter.append("solution/src/lib.rs", "\n#[allow(dead_code)]\nfn unused() {}\n");
    chapter.replace("solution/wrong-answers/a_constant.rs", "Caught by: table", "Caught by: one_is_one");
    chapter.replace("page", "cargo test -p fourth", "cargo test");

    let mut chapter = draft.chapter("05-fifth");
    chapter.replace("exercise/Cargo.toml", "\"table\"", "\"table\", \"one_is_one\"");
    chapter.replace("solution/src/lib.rs", "n * 2", "n*2");
    chapter.replace("solution/wrong-answers/a_constant.rs", "Caught by: table", "Caught by: table, tables");
    chapter.replace("exercise/hints.md", "`table`", "`tables`");

    let mut chapter = draft.chapter("06-sixth");
    chapter.replace("exercise/Cargo.toml", "\"table\"", "\"table\", \"three_doubled_is_six\"");
    chapter.replace("solution/src/lib.rs", "n * 2", "n * 3");
    chapter.replace("solution/wrong-answers/a_constant.rs", "// Caught by: table\n", "");
    chapter.remove("exercise/hints.md");

    let mut chapter = draft.chapter("07-seventh");
    chapter.replace(
        "exercise/src/lib.rs",
        "    todo!",
        "    if n == 2 {\n        std::process::abort();\n    }\n    todo!",
    );
    let more = "\n[[test]]\nname = \"more\"\npath = \"tests/more.rs\"\n";
    chapter.append("exercise/Cargo.toml", more);
    chapter.put("exercise/tests/more.rs", "#[test]\nfn more() {}\n");
    chapter.replace("solution/wrong-answers/a_constant.rs", "    4\n", "    \"4\"\n");
    chapter.remove("page");

    let mut chapter = draft.chapter("08-eighth");
    chapter.append("exercise/src/lib.rs", "\n/// Later.\npub fn later() {\n    todo!()\n}\n");
    chapter.replace("exercise/tests/rules.rs", "#[test]\nfn one_is_one", "#[test]\n#[ignore]\nfn one_is_one");
    chapter.replace(
        "exercise/Cargo.toml",
        "edit = [\"src/lib.rs\"]",
        "edit = [\"src/lib.rs\", \"src/more.rs\"]",
    );
    for member in ["exercise", "solution"] {
        chapter.append(&format!("{member}/src/lib.rs"), "\n/// More.\npub mod more;\n");
        chapter.put(&format!("{member}/src/more.rs"), "//! More.\n");
    }
    chapter.replace(
        "solution/wrong-answers/plus_two.rs",
        "negative\n",
        "negative\n// Replaces: src/lib.rs\n",
    );
    chapter.append("solution/Cargo.toml", "\n[dependencies]\nhelper.workspace = true\n");
    chapter.replace("page", "{{#include ../../solutions/08-eighth/src/lib.rs:double}}", "let typed = 1;");

    let mut chapter = draft.chapter("16-sixteenth");
    chapter.replace("exercise/Cargo.toml", "doctest = false", "doctest = true");
    chapter.put("solution/tests/own.rs", "#[test]\nfn own() {}\n");
    chapter.serve();
    chapter.replace("page", "solved 2 known", "solved 2 new");

    let mut chapter = draft.chapter("17-seventeenth");
    chapter.replace("exercise/Cargo.toml", "given = [", "given = [\"src/nowhere.rs\", ");
    chapter.serve();
    chapter.replace("solution/Cargo.toml", "seventeenth-solution", "seventeenth-reference");
    chapter.append("page", "\n```console,starter\n$ curl http://127.0.0.1:3000/ | sort\n```\n");

    let mut chapter = draft.chapter("18-eighteenth");
    chapter.replace("exercise/Cargo.toml", "red = [\"two_doubled_is_four\", \"table\"]", "red = []");
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
    let mut chapter = draft.chapter("20-twentieth");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"sound\"]");

    let mut chapter = draft.chapter("21-carried");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"sound\"]");
    chapter.serve();
    for member in ["exercise", "solution"] {
        chapter.replace(&format!("{member}/src/main.rs"), "//! A service.", "//! Another service.");
    }

    let mut chapter = draft.chapter("22-lost");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"nobody\"]");

    let mut chapter = draft.chapter("23-grown");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"twentieth\"]");
    for member in ["exercise", "solution"] {
        chapter.put(&format!("{member}/src/extra.rs"), "//! New, and named nowhere.\n");
    }

    let mut chapter = draft.chapter("24-apart");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"twentieth\"]");
    chapter.put("solution/src/other.rs", "//! The solution alone has it.\n");

    // `old/` is gone, which `given` says of the whole folder; `nowhere/` never was.
    let mut chapter = draft.chapter("25-moved");
    chapter.put("solution/src/old/one.rs", "//! One.\n");
    chapter.put("exercise/src/old/one.rs", "//! One.\n");
    let mut chapter = draft.chapter("26-tidied");
    chapter.replace("exercise/Cargo.toml", "from = []", "from = [\"moved\"]");
    chapter.replace("exercise/Cargo.toml", "given = [", "given = [\"src/nowhere/\", \"src/old/\", ");

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
