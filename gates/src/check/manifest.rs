//! What the `Cargo.toml` of an exercise and of its solution have to say.

use toml::{Table, Value};
use workbook::course::{
    Chapter, Files,
    rings::{CHAPTER, KEPT},
};

use super::{Failure, if_any};

/// What is wrong with an exercise's manifest.
pub fn exercise(chapter: &Chapter, files: &Files) -> Vec<Failure> {
    let folder = format!("exercises/{}", chapter.folder);
    // The chapter was loaded from this file.
    let manifest = read(files).unwrap_or_default();
    let mut failures = no_harness_of_the_library(&folder, &manifest);
    failures.extend(targets(chapter, &folder, &manifest).concat());
    let named = chapter.about.edit.iter().chain(&chapter.about.given);
    failures.extend(if_any(
        named.filter(|name| name.starts_with("tests/")),
        "`edit` or `given` names tests",
        format!("take them out of {folder}/Cargo.toml: tests stand once, and {CHAPTER} and {KEPT} say which the chapter has"),
    ));
    failures
}

/// What keeps a solution from being built and run at all.
pub fn no_solution(chapter: &Chapter, files: &Files) -> Option<Failure> {
    let folder = format!("solutions/{}", chapter.folder);
    if files.is_empty() {
        return Some(Failure::new(
            format!("there is no {folder}"),
            "write it: a crate with the exercise's library name, whose [[test]] is the exercise's file",
        ));
    }
    let file = format!("{folder}/Cargo.toml");
    let manifest = match read(files) {
        Ok(manifest) => manifest,
        Err(error) => return Some(Failure::new(format!("{file} is not a manifest: {error}"), "mend it")),
    };
    let text = |table: &str, key: &str| manifest.get(table)?.get(key)?.as_str();
    let (package, library) = (format!("{}-solution", chapter.id), chapter.id.replace('-', "_"));
    if text("package", "name") != Some(&package) {
        return Some(Failure::new(
            format!("the package in {file} is {:?}", text("package", "name").unwrap_or_default()),
            format!("name it {package:?}: the tool finds a solution by this name"),
        ));
    }
    if text("lib", "name") != Some(&library) {
        return Some(Failure::new(
            format!("the library in {file} is not {library:?}, and the exercise's tests use that name"),
            format!("write under [lib]: name = {library:?}"),
        ));
    }
    let [missing, _] = targets(chapter, &folder, &manifest);
    missing.first().cloned()
}

/// What is wrong with the manifest of a solution that can be built.
pub fn solution(chapter: &Chapter, files: &Files) -> Vec<Failure> {
    let folder = format!("solutions/{}", chapter.folder);
    let manifest = read(files).unwrap_or_default();
    let mut failures = no_harness_of_the_library(&folder, &manifest);
    let [_, others] = targets(chapter, &folder, &manifest);
    failures.extend(others);
    if let Some(own) = files.keys().find(|name| name.starts_with("tests/") && name.ends_with(".rs")) {
        failures.push(Failure::new(
            format!("{folder}/{own} is a test of the solution alone"),
            format!("move it to exercises/{}/tests: what the learner's code is not tested for is not part of the task", chapter.folder),
        ));
    }
    failures
}

fn read(files: &Files) -> Result<Table, String> {
    let bytes = files.get("Cargo.toml").ok_or("it is missing")?;
    toml::from_str(&String::from_utf8_lossy(bytes)).map_err(|error| error.message().to_owned())
}

fn no_harness_of_the_library(folder: &str, manifest: &Table) -> Vec<Failure> {
    let off = Value::Boolean(false);
    let is_on = |key: &&str| manifest.get("lib").and_then(|lib| lib.get(*key)) != Some(&off);
    let why = "so every run builds or starts one more program";
    let failure = |key| {
        Failure::new(
            format!("[lib] of {folder}/Cargo.toml does not say `{key} = false`, {why}"),
            format!("write `{key} = false` under [lib]"),
        )
    };
    ["test", "doctest"].into_iter().filter(is_on).map(failure).collect()
}

/// A package has its chapter's ring and, where there is one, the kept ring, which are the exercise's files, and no other
/// tests: what is missing, and what is too much.
fn targets(chapter: &Chapter, folder: &str, manifest: &Table) -> [Vec<Failure>; 2] {
    let exercise = format!("exercises/{}", chapter.folder);
    let above = if *folder == exercise { String::new() } else { format!("../../{exercise}/") };
    let rings = [("chapter", CHAPTER), ("kept", KEPT)].into_iter();
    let rings = rings.filter(|(_, root)| *root == CHAPTER || chapter.dir.join(root).is_file());
    let rings: Vec<_> = rings.map(|(name, root)| (name.to_owned(), format!("{above}{root}"))).collect();
    let text = |test: &Value, key: &str| test.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let tests = manifest.get("test").and_then(Value::as_array).into_iter().flatten();
    let tests: Vec<_> = tests.map(|test| (text(test, "name"), text(test, "path"))).collect();
    let missing = rings.iter().filter(|ring| !tests.contains(ring)).map(|(name, path)| {
        Failure::new(
            format!("{folder}/Cargo.toml has no [[test]] {name} at {path}"),
            format!("write there: [[test]] name = {name:?} path = {path:?}"),
        )
    });
    let others = tests.iter().filter(|test| !rings.contains(test)).map(|(name, path)| {
        Failure::new(
            format!("{folder}/Cargo.toml has a [[test]] {name} at {path}, which is no ring of the exercise"),
            format!("let {CHAPTER} or {KEPT} take the file in, and take the target out"),
        )
    });
    [missing.collect(), others.collect()]
}
