//! What the `Cargo.toml` of an exercise and of its solution have to say.

use std::path::{Component, Path, PathBuf};

use toml::{Table, Value};
use workbook::course::{Chapter, files::Files};

use super::Failure;

/// What is wrong with an exercise's manifest.
pub fn exercise(chapter: &Chapter, files: &Files) -> Vec<Failure> {
    let folder = format!("exercises/{}", chapter.folder);
    match read(files) {
        Ok(manifest) => no_harness_of_the_library(&folder, &manifest),
        // The chapter was loaded from this file.
        Err(_) => Vec::new(),
    }
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
    (text("lib", "name") != Some(&library)).then(|| {
        Failure::new(
            format!("the library in {file} is not {library:?}, and the exercise's tests use that name"),
            format!("write under [lib]: name = {library:?}"),
        )
    })
}

/// What is wrong with the manifest of a solution that can be built.
pub fn solution(chapter: &Chapter, files: &Files) -> Vec<Failure> {
    let folder = format!("solutions/{}", chapter.folder);
    let Ok(manifest) = read(files) else { return Vec::new() };
    let mut failures = no_harness_of_the_library(&folder, &manifest);
    failures.extend(same_tests(chapter, &manifest, files));
    failures
}

fn read(files: &Files) -> Result<Table, String> {
    let bytes = files.get("Cargo.toml").ok_or("it is missing")?;
    toml::from_str(&String::from_utf8_lossy(bytes)).map_err(|error| error.message().to_owned())
}

fn no_harness_of_the_library(folder: &str, manifest: &Table) -> Vec<Failure> {
    let is_off = |key: &str| manifest.get("lib").and_then(|lib| lib.get(key)) == Some(&Value::Boolean(false));
    let on = ["test", "doctest"].into_iter().filter(|key| !is_off(key));
    let failure = |key| {
        Failure::new(
            format!(
                "[lib] of {folder}/Cargo.toml does not say `{key} = false`, so every run builds or starts one more program"
            ),
            format!("write `{key} = false` under [lib]"),
        )
    };
    on.map(failure).collect()
}

/// Tests exist once: in the exercise.
fn same_tests(chapter: &Chapter, manifest: &Table, files: &Files) -> Vec<Failure> {
    let folder = format!("solutions/{}", chapter.folder);
    let mut failures = Vec::new();
    let targets = manifest.get("test").and_then(Value::as_array).into_iter().flatten();
    let paths: Vec<&str> = targets.filter_map(|test| test.get("path")?.as_str()).collect();
    let run: Vec<PathBuf> = paths.iter().map(|path| plain(&chapter.solution_dir.join(path))).collect();
    let tests: Vec<PathBuf> = chapter.tests.iter().map(|path| plain(path)).collect();
    for (path, target) in paths.iter().zip(&run) {
        if !tests.contains(target) {
            failures.push(Failure::new(
                format!("a [[test]] of {folder}/Cargo.toml is {path}, which is no [[test]] of the exercise"),
                format!(
                    "point it at the exercise's file: path = \"../../exercises/{}/tests/NAME.rs\"",
                    chapter.folder
                ),
            ));
        }
    }
    for test in &tests {
        let name = workbook::course::files::relative(&plain(&chapter.dir), test);
        // A target that points elsewhere is mended first.
        if !run.contains(test) && failures.is_empty() {
            failures.push(Failure::new(
                format!("the solution does not run the exercise's {name}"),
                format!(
                    "add to {folder}/Cargo.toml a [[test]] with path = \"../../exercises/{}/{name}\"",
                    chapter.folder
                ),
            ));
        }
        if !test.is_file() {
            failures.push(Failure::new(
                format!("exercises/{}/{name} does not exist, and [[test]] names it", chapter.folder),
                "write it, or mend the path in both manifests",
            ));
        }
    }
    if let Some(own) = files.keys().find(|name| name.starts_with("tests/") && name.ends_with(".rs")) {
        failures.push(Failure::new(
            format!("{folder}/{own} is a test of the solution alone"),
            format!("move it to exercises/{}/tests: what the learner's code is not tested for is not part of the task", chapter.folder),
        ));
    }
    failures
}

/// `a/b/../c` as `a/c`; the file need not exist.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}
