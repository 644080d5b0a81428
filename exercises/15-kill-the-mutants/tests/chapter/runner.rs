//! Runs your tests with one mutant awake, or with none.

use std::{env, fs, path::Path, process::Command, sync::LazyLock};

use crate::desk::{
    mutable::MUTANT,
    mutants::{MUTANTS, REFACTORINGS},
};

/// Fails while all of your tests pass with this mutant.
#[track_caller]
pub fn is_killed(name: &str) {
    let change = shown(name);
    judges();
    let failed = failed_with(name);
    assert!(
        !failed.is_empty(),
        "This mutant survives: all of your tests pass with it.\n\n{change}\n\nWrite a test that fails for it, and passes without it."
    );
    println!("killed by {}", failed.join(", "));
}

/// Fails when one of your tests does not pass with this change, which breaks no promise.
#[track_caller]
pub fn is_spared(name: &str) {
    let change = shown(name);
    judges();
    let failed = failed_with(name);
    assert!(
        failed.is_empty(),
        "This change breaks no promise, and a test of yours fails for it: {}\n\n{change}\n\nLet the test ask for what is promised, and for nothing else.",
        failed.join(", ")
    );
}

/// Fails when your tests do not pass by themselves: then they say nothing about mutants.
#[track_caller]
fn judges() {
    static FAILED: LazyLock<Vec<String>> = LazyLock::new(|| failed_with(""));
    assert!(
        FAILED.is_empty(),
        "Your tests fail without any mutant: {}\n\nThey would fail for every mutant then, and for none of them because of it. Mend them first.",
        FAILED.join(", ")
    );
}

/// Those of your tests that fail with this mutant.
fn failed_with(mutant: &str) -> Vec<String> {
    let this = env::current_exe().expect("a program knows where it is");
    let output = Command::new(this)
        .arg("tests::")
        .env(MUTANT, mutant)
        // The same values each time: what is killed today is killed tomorrow. The first that fails will do, and
        // it is not kept for later.
        .env("PROPTEST_RNG_SEED", "15")
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1")
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("a program can start itself");
    if output.status.success() {
        return Vec::new();
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let name = |line: &str| {
        let test = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
        Some(test.to_owned())
    };
    let names: Vec<String> = said.lines().filter_map(name).collect();
    if names.is_empty() { vec![format!("({})", output.status)] } else { names }
}

/// The change, as a diff.
#[track_caller]
fn shown(name: &str) -> String {
    let mutant = MUTANTS
        .iter()
        .chain(&REFACTORINGS)
        .find(|mutant| mutant.name == name)
        .expect("it is in the table");
    let file = format!("src/domain/{}", mutant.file);
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file))
            .expect("the domain");
    let at = text.find(mutant.was).unwrap_or_else(|| {
        panic!(
            "{file} is not as the chapter before left it: it has no `{}`",
            mutant.was
        )
    });
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let rest = &text[at + mutant.was.len()..];
    let end = text.len() - rest.len() + rest.find('\n').unwrap_or(rest.len());
    let (number, lines) = (text[..start].lines().count() + 1, &text[start..end]);
    let changed = lines.replace(mutant.was, mutant.is);
    format!(
        "{file}:{number}\n{}{}\n{}",
        marked('-', lines),
        marked('+', &changed),
        mutant.says
    )
}

/// These lines, each with the sign of a diff.
fn marked(sign: char, lines: &str) -> String {
    lines.lines().map(|line| format!("{sign} {}\n", line.trim())).collect()
}
