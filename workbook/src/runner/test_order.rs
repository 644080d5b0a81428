//! Tests in the order in which they are written.
//!
//! A test binary lists its tests by name; a learner meets them as they are written, the basic ones first.

use std::collections::BTreeMap;

use crate::{course::Files, runner::Test};

/// Puts tests into the order in which they stand in these files. Those that stand nowhere come last.
pub fn as_written(tests: &mut [Test], files: &Files) {
    let texts: Vec<_> =
        files.iter().map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes))).collect();
    let files: Vec<_> = texts.iter().map(|(name, text)| File::of(name, text)).collect();
    tests.sort_by_cached_key(|test| place(&files, &test.name));
}

struct File<'a> {
    module: &'a str,
    functions: BTreeMap<&'a str, usize>,
}

impl<'a> File<'a> {
    fn of(name: &'a str, text: &'a str) -> Self {
        let module = name.rsplit('/').next().and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        let mut functions = BTreeMap::new();
        for (at, keyword) in text.match_indices("fn ") {
            let rest = &text[at + keyword.len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if let Some((name, "(")) = end.and_then(|end| Some((&rest[..end], rest.get(end..end + 1)?))) {
                functions.entry(name).or_insert(at);
            }
        }
        Self { module, functions }
    }
}

/// Where a test is written: which file, how far down.
fn place(files: &[File<'_>], test: &str) -> (usize, usize) {
    let parts: Vec<&str> = test.split("::").collect();
    let places = files.iter().enumerate().flat_map(|(at, file)| {
        let is_its_own = parts.contains(&file.module);
        let down = parts.iter().filter_map(|part| file.functions.get(part)).max();
        down.map(|down| (!is_its_own, at, *down))
    });
    places.min().map_or((usize::MAX, 0), |(_, file, down)| (file, down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_come_as_they_are_written() {
        let text = |text: &str| text.as_bytes().to_vec();
        let files = Files::from([
            ("tests/api/health.rs".into(), text("fn zebra() {} fn apple() {}")),
            ("tests/api/main.rs".into(), text("mod health; mod users; fn of_the_root() {}")),
            ("tests/api/users.rs".into(), text("fn table(#[case] a: u8) {} fn né<T>() {} fn apple() {} fn ")),
        ]);
        let mut names = [
            "users::apple",
            "of_the_root",
            "users::table::case_2",
            "health::apple",
            "unknown",
            "users::table::case_1",
            "health::zebra",
        ];
        names.sort();
        let mut tests = names.map(|name| Test { binary: "api".into(), name: name.into() });
        as_written(&mut tests, &files);
        assert_eq!(
            tests.map(|test| test.name),
            [
                "health::zebra",
                "health::apple",
                "of_the_root",
                "users::table::case_1",
                "users::table::case_2",
                "users::apple",
                "unknown"
            ]
        );
    }
}
