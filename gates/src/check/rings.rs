//! Gate 4, the tests: what the chapters before ask for is kept or named as replaced, a test file stands once, and no test has
//! a name that one of the other ring has.

use std::collections::{BTreeMap, BTreeSet};

use similar::TextDiff;
use workbook::{
    course::{
        Chapter, Course, Files,
        rings::{CHAPTER, KEPT, has_tests},
    },
    runner::Report,
};

use super::{Failure, if_any, list, source::rust};

/// What is wrong with the rings of a chapter, given its files and what came of a run of its tests.
pub fn check(course: &Course, chapter: &Chapter, exercise: &Files, report: &Report) -> Vec<Failure> {
    let (folder, now) = (&chapter.folder, with_tests(chapter));
    let mut failures = kept(course, chapter, &now);
    for (name, text) in rust(exercise).filter(|(name, _)| name.starts_with("tests/")) {
        let path = format!("{folder}/{name}");
        if has_tests(&text) && !now.contains_key(&path) {
            failures.push(Failure::new(
                format!("exercises/{path} has tests, and no ring of its chapter runs them"),
                format!("name it in {CHAPTER} or in {KEPT}, or delete it"),
            ));
        }
    }
    let names = report.tests.iter().map(|test| &test.name);
    failures.extend(if_any(
        names.filter(|name| report.kept.iter().any(|test| test.name == **name)),
        "both rings have tests of these names",
        format!("give the module another name, in {CHAPTER} or in {KEPT}"),
    ));
    failures.extend(copies(course, chapter));
    failures
}

/// The files with tests of both rings, by their paths, with their names.
fn with_tests(chapter: &Chapter) -> BTreeMap<String, String> {
    let files = [CHAPTER, KEPT].into_iter().flat_map(|root| chapter.ring(root)).filter(|file| file.has_tests);
    files.map(|file| (file.path.clone(), file.name())).collect()
}

/// Whether each test file of the chapters before is kept or replaced, and not both.
fn kept(course: &Course, chapter: &Chapter, now: &BTreeMap<String, String>) -> Vec<Failure> {
    let here = format!("exercises/{}", chapter.folder);
    let known = chapter.about.from.iter().filter_map(|id| course.chapter(id).ok());
    let before: BTreeMap<String, String> = known.flat_map(with_tests).collect();
    let names: BTreeSet<&String> = before.values().collect();
    let replaced: BTreeSet<&String> = chapter.about.replaced.iter().flat_map(|one| &one.tests).collect();
    let mut failures = Vec::new();
    let is_dropped = |(path, name): &(&String, &String)| !now.contains_key(*path) && !replaced.contains(name);
    for (path, name) in before.iter().filter(is_dropped) {
        failures.push(Failure::new(
            format!("the tests of exercises/{path} are dropped: {here} neither keeps nor replaces them"),
            format!(
                "write in {here}/{KEPT}: #[path = \"../../{path}\"] mod NAME; or say in {here}/Cargo.toml why they hold no \
                 longer: [[package.metadata.workbook.replaced]] with tests = [{name:?}] and why = \"…\""
            ),
        ));
    }
    for name in replaced {
        if !names.contains(name) {
            failures.push(Failure::new(
                format!("`replaced` names {name}, and no chapter before has or keeps such tests"),
                format!("mend the name in {here}/Cargo.toml, or take it out. There are: {}", list(&names)),
            ));
        } else if now.values().any(|now| now == name) {
            failures.push(Failure::new(
                format!("`replaced` names {name}, and the chapter keeps these tests all the same"),
                format!("take them out of `replaced` in {here}/Cargo.toml, or out of the ring"),
            ));
        }
    }
    for silent in chapter.about.replaced.iter().filter(|one| one.why.trim().is_empty()) {
        failures.push(Failure::new(
            format!("`replaced` does not say why these tests hold no longer: {}", list(&silent.tests)),
            format!("say in `why` of {here}/Cargo.toml what has taken their place"),
        ));
    }
    failures
}

/// Shorter files may be alike, as long as they are not the same.
const SHORT: usize = 20;
/// Of two longer ones, at most this part of their lines is the same, in the same order: twice the lines in common, divided by
/// the lines of both. Empty lines and indentation do not count.
const ALIKE: f32 = 0.85;

/// The test files of the chapter that repeat one that stands before them, in it or in a chapter before.
fn copies(course: &Course, chapter: &Chapter) -> Vec<Failure> {
    let mut before: Vec<(String, String)> = Vec::new();
    let mut failures = Vec::new();
    for one in course.chapters.iter().filter(|one| one.folder <= chapter.folder) {
        let mut files = one.test_files().unwrap_or_default();
        files.retain(|name, _| ![CHAPTER, KEPT].contains(&name.as_str()));
        for (name, bytes) in files {
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
            let path = format!("exercises/{}/{name}", one.folder);
            let mut alike = before.iter().filter_map(|(path, other)| Some((path, alike(other, &lines)?)));
            if one.id == chapter.id
                && let Some((original, part)) = alike.next()
            {
                failures.push(Failure::new(
                    format!("{path} repeats {original}: {:.0} % of their lines are the same", part * 100.0),
                    "tests stand once: let the ring take the first of the two by #[path], and write what differs into a file of its own",
                ));
            }
            before.push((path, lines));
        }
    }
    failures
}

/// How much two files are alike, where that is too much.
fn alike(a: &str, b: &str) -> Option<f32> {
    if a == b {
        return (!a.is_empty()).then_some(1.0);
    }
    let (a_lines, b_lines) = (a.lines().count(), b.lines().count());
    let short = a_lines.min(b_lines);
    // More lines than the shorter one has cannot be the same.
    let most = 2.0 * short as f32 / (a_lines + b_lines) as f32;
    (short > SHORT && most > ALIKE).then(|| TextDiff::from_lines(a, b).ratio()).filter(|part| *part > ALIKE)
}
