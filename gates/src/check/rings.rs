//! Gate 4, the tests: what the chapters before ask for is kept or named as replaced, a test file stands once, and no test has
//! a name that one of the other ring has.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use similar::TextDiff;
use workbook::{
    course::{
        Chapter, Course, Files,
        rings::{CHAPTER, KEPT, RingFile, has_tests},
    },
    runner::Report,
};

use super::{Failure, list};

/// What is wrong with the rings of a chapter, given its files and what came of a run of its tests.
pub fn check(course: &Course, chapter: &Chapter, exercise: &Files, report: &Report) -> Vec<Failure> {
    let mut failures = kept(course, chapter);
    failures.extend(in_no_ring(chapter, exercise));
    let is_kept = |name: &&str| report.kept.iter().any(|test| test.name == *name);
    let twice = list(report.tests.iter().map(|test| test.name.as_str()).filter(is_kept));
    if !twice.is_empty() {
        failures.push(Failure::new(
            format!("both rings have tests of these names: {twice}"),
            format!("give the module another name, in {CHAPTER} or in {KEPT}"),
        ));
    }
    failures
}

/// The files with tests of these rings, by their paths.
fn with_tests(chapter: &Chapter) -> BTreeMap<String, RingFile> {
    let files = [CHAPTER, KEPT].into_iter().flat_map(|root| chapter.ring(root)).filter(|file| file.has_tests);
    files.map(|file| (file.path.clone(), file)).collect()
}

/// Whether each test file of the chapters before is kept or replaced, and not both.
fn kept(course: &Course, chapter: &Chapter) -> Vec<Failure> {
    let here = format!("exercises/{}", chapter.folder);
    let known = chapter.about.from.iter().filter_map(|id| course.chapter(id).ok());
    let before: BTreeMap<String, RingFile> = known.flat_map(with_tests).collect();
    let now = with_tests(chapter);
    let replaced: BTreeSet<&String> = chapter.about.replaced.iter().flat_map(|one| &one.tests).collect();
    let mut failures = Vec::new();
    for (path, file) in before.iter().filter(|(path, _)| !now.contains_key(*path)) {
        let name = file.name();
        if !replaced.contains(&name) {
            failures.push(Failure::new(
                format!("the tests of exercises/{path} are dropped: {here} neither keeps nor replaces them"),
                format!(
                    "write in {here}/{KEPT}: #[path = \"../../{path}\"] mod NAME; or say in {here}/Cargo.toml why they hold no \
                     longer: [[package.metadata.workbook.replaced]] with tests = [{name:?}] and why = \"…\""
                ),
            ));
        }
    }
    let named =
        |files: &BTreeMap<String, RingFile>, name: &str| files.values().any(|file| file.name() == name);
    for name in replaced {
        if !named(&before, name) {
            let all: BTreeSet<String> = before.values().map(RingFile::name).collect();
            failures.push(Failure::new(
                format!("`replaced` names {name}, and no chapter before has or keeps such tests"),
                format!(
                    "mend the name in {here}/Cargo.toml, or take it out. There are: {}",
                    list(all.iter().map(String::as_str))
                ),
            ));
        } else if named(&now, name) {
            failures.push(Failure::new(
                format!("`replaced` names {name}, and the chapter keeps these tests all the same"),
                format!("take them out of `replaced` in {here}/Cargo.toml, or out of the ring"),
            ));
        }
    }
    for silent in chapter.about.replaced.iter().filter(|one| one.why.trim().is_empty()) {
        failures.push(Failure::new(
            format!(
                "`replaced` does not say why these tests hold no longer: {}",
                list(silent.tests.iter().map(String::as_str))
            ),
            format!("say in `why` of {here}/Cargo.toml what has taken their place"),
        ));
    }
    failures
}

/// Test files that nothing runs.
fn in_no_ring(chapter: &Chapter, exercise: &Files) -> Vec<Failure> {
    let taken: BTreeSet<String> =
        [CHAPTER, KEPT].into_iter().flat_map(|root| chapter.ring(root)).map(|file| file.path).collect();
    let own = exercise.iter().filter(|(name, _)| name.starts_with("tests/") && name.ends_with(".rs"));
    let with_tests = own.filter(|(_, bytes)| has_tests(&String::from_utf8_lossy(bytes)));
    let alone =
        with_tests.map(|(name, _)| format!("{}/{name}", chapter.folder)).filter(|path| !taken.contains(path));
    let failure = |path| {
        Failure::new(
            format!("exercises/{path} has tests, and no ring of its chapter runs them"),
            format!("name it in {CHAPTER} or in {KEPT}, or delete it"),
        )
    };
    alone.map(failure).collect()
}

/// Shorter files may be alike, as long as they are not the same.
const SHORT: usize = 20;
/// Of two longer ones, at most this part of their lines is the same, in the same order: twice the lines in common, divided by
/// the lines of both. Empty lines and indentation do not count.
const ALIKE: f32 = 0.85;

struct Text {
    path: String,
    lines: Vec<String>,
}

/// The test files that repeat one that stands before them, by the ids of their chapters.
pub fn copies(course: &Course) -> Result<BTreeMap<String, Vec<Failure>>> {
    let mut copies: BTreeMap<String, Vec<Failure>> = BTreeMap::new();
    let mut before: Vec<Text> = Vec::new();
    for chapter in &course.chapters {
        for (name, bytes) in chapter.test_files().unwrap_or_default() {
            if [CHAPTER, KEPT].contains(&name.as_str()) {
                continue;
            }
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
            let text = Text { path: format!("exercises/{}/{name}", chapter.folder), lines: lines.collect() };
            if let Some((original, part)) =
                before.iter().find_map(|other| Some((other, alike(other, &text)?)))
            {
                copies.entry(chapter.id.clone()).or_default().push(Failure::new(
                    format!("{} repeats {}: {:.0} % of their lines are the same", text.path, original.path, part * 100.0),
                    "tests stand once: let the ring take the first of the two by #[path], and write what differs into a file of its own",
                ));
            }
            before.push(text);
        }
    }
    Ok(copies)
}

/// How much two files are alike, where that is too much.
fn alike(a: &Text, b: &Text) -> Option<f32> {
    if a.lines == b.lines {
        return (!a.lines.is_empty()).then_some(1.0);
    }
    let (short, long) = (a.lines.len().min(b.lines.len()), a.lines.len().max(b.lines.len()));
    let part = |common: usize| 2.0 * common as f32 / (short + long) as f32;
    if short <= SHORT || part(short) <= ALIKE || part(in_common(&a.lines, &b.lines)) <= ALIKE {
        return None;
    }
    let [a, b] = [a, b].map(|text| text.lines.iter().map(String::as_str).collect::<Vec<_>>());
    let ratio = TextDiff::from_slices(&a, &b).ratio();
    (ratio > ALIKE).then_some(ratio)
}

/// How many lines both have, in whatever order: more cannot be the same in the same order.
fn in_common(a: &[String], b: &[String]) -> usize {
    let mut left: HashMap<&String, usize> = HashMap::new();
    a.iter().for_each(|line| *left.entry(line).or_default() += 1);
    let mut common = 0;
    for line in b {
        if let Some(count) = left.get_mut(line).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    common
}
