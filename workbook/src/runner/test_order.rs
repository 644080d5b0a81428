//! Tests in the order in which they are written.
//!
//! A test binary lists its tests by name; a learner meets them as the ring's root names their modules, and in a module as
//! they are written: the page's first step comes first.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    course::{files, matches, rings},
    runner::Test,
};

/// Puts the tests of a ring of `exercise` into the order in which they are written. Where it is the learner who writes
/// tests, below `crate_dir`, those come first: the others judge them. Tests that are written nowhere come last.
pub fn as_written(tests: &mut [Test], crate_dir: &Path, exercise: &Path, root: &str) {
    let mut written = Vec::new();
    for (name, bytes) in files::read_all(&crate_dir.join("src/tests")).unwrap_or_default() {
        let module = format!("tests::{}", name.trim_end_matches(".rs").replace('/', "::"));
        written.push(File::of(module.trim_end_matches("::mod"), &String::from_utf8_lossy(&bytes)));
    }
    for file in rings::ring(exercise, root) {
        let text = fs::read_to_string(exercise.with_file_name(&file.path)).unwrap_or_default();
        written.push(File::of(&file.module, &text));
    }
    tests.sort_by_cached_key(|test| place(&written, &test.name).unwrap_or((usize::MAX, 0)));
}

struct File {
    module: String,
    functions: BTreeMap<String, usize>,
}

impl File {
    fn of(module: &str, text: &str) -> Self {
        let mut functions = BTreeMap::new();
        for (at, keyword) in text.match_indices("fn ") {
            let rest = &text[at + keyword.len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if let Some((name, "(")) = end.and_then(|end| Some((&rest[..end], rest.get(end..end + 1)?))) {
                functions.entry(name.to_owned()).or_insert(at);
            }
        }
        Self { module: module.to_owned(), functions }
    }
}

/// Where a test is written: which file, how far down.
fn place(files: &[File], test: &str) -> Option<(usize, usize)> {
    let its_own = |(_, file): &(usize, &File)| file.module.is_empty() || matches(&file.module, test);
    let (at, file) = files.iter().enumerate().filter(its_own).max_by_key(|(_, file)| file.module.len())?;
    let down = test.split("::").filter_map(|part| file.functions.get(part)).max()?;
    Some((at, *down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_come_as_the_root_names_their_modules_and_as_they_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let exercise = folder.path().join("exercises/09-money");
        for (file, text) in [
            (
                "tests/chapter/main.rs",
                "#[path = \"../support/given.rs\"]\nmod given;\nmod users;\nmod health;\nfn of_the_root() {}",
            ),
            ("tests/support/given.rs", "fn apple() {}"),
            ("tests/chapter/health.rs", "fn zebra() {} fn apple() {}"),
            ("tests/chapter/users.rs", "fn table(#[case] a: u8) {} fn né<T>() {} fn apple() {} fn "),
            ("src/tests/mod.rs", "mod money;"),
            ("src/tests/money.rs", "fn own() {}"),
        ] {
            files::write(&exercise.join(file), text.as_bytes()).unwrap();
        }
        let expected = [
            "tests::money::own",
            "of_the_root",
            "users::table::case_1",
            "users::table::case_2",
            "users::apple",
            "health::zebra",
            "health::apple",
            "unknown",
        ];
        let mut names = expected;
        names.sort();
        let mut tests = names.map(|name| Test { binary: "chapter".into(), name: name.into() });
        as_written(&mut tests, &exercise, &exercise, rings::CHAPTER);
        assert_eq!(tests.map(|test| test.name), expected);
    }
}
