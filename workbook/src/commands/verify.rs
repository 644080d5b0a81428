//! `verify`: all that was solved, against the tests as they were written.
//!
//! An exercise whose tests were changed runs in a [scratch workspace](crate::runner::scratch) with the originals in their place.
//! Results are written down as every run's are, so this also finds again what a lost `progress.toml` knew.

use anstream::{print, println};
use anyhow::{Result, bail};
use serde::Serialize;
use toml::Table;

use crate::{
    commands::{Format, Verdict},
    course::{self, Broken, Chapter, Course, Files, Originals, files},
    learner::{Progress, record},
    runner::{Outcome, Scratch, Stop, Subject},
    terminal::{Stream, style},
};

/// What `verify --format json` prints. Keys are added without counting `version` up; none is taken away or changed.
#[derive(Debug, Serialize)]
struct VerifyJson {
    version: u32,
    ok: bool,
    chapters: Vec<Verified>,
}

#[derive(Debug, Default, Serialize)]
struct Verified {
    id: String,
    /// `null` when it could not be run; then `problem` says why.
    outcome: Option<Outcome>,
    passed: usize,
    total: usize,
    failing: Vec<String>,
    /// The tests that could not run on this machine; then `problem` says why and `outcome` is not green.
    not_run: Vec<String>,
    /// The test files that were not the original ones, relative to the exercise.
    changed_tests: Vec<String>,
    problem: Option<String>,
    mend: Option<String>,
}

/// Runs every chapter that progress calls green; when it knows of none, every chapter that was changed.
pub fn verify(course: &Course, format: Format) -> Verdict {
    let pristine = Originals::load(&course.root)?;
    let stop = Stop::on_interrupt();
    let mut chapters = Vec::new();
    for chapter in solved(course, &pristine)? {
        let verified = one(course, chapter, &pristine, &stop)?;
        if format == Format::Text {
            print!("{}", text(&verified));
        }
        chapters.push(verified);
    }
    let progress = Progress::load(&course.root)?;
    for Broken { folder, problem, .. } in &course.broken {
        let id = course::parts(folder).1;
        if progress.of(id).green_at.is_some() {
            let verified = Verified { id: id.into(), problem: Some(problem.clone()), ..Verified::default() };
            if format == Format::Text {
                print!("{}", text(&verified));
            }
            chapters.push(verified);
        }
    }
    let count = chapters.len();
    let green = chapters.iter().filter(|chapter| chapter.outcome == Some(Outcome::Green)).count();
    let ok = green == count;
    match format {
        Format::Json => {
            println!("{}", serde_json::to_string_pretty(&VerifyJson { version: 1, ok, chapters })?);
        }
        Format::Text if count == 0 => {
            println!("Nothing is solved yet, so there is nothing to verify. Begin with: cargo workbook");
        }
        Format::Text => println!("\n{green} of {count} solved chapters are green."),
    }
    Ok(ok)
}

fn solved<'a>(course: &'a Course, pristine: &Originals) -> Result<Vec<&'a Chapter>> {
    let progress = Progress::load(&course.root)?;
    let mut solved = Vec::new();
    for chapter in &course.chapters {
        let entry = progress.of(&chapter.id);
        // It was green, and the last run lacked something on this machine: it is verified until it is green again.
        let could_not_run = entry.green_at.is_some() && !entry.not_run.is_empty();
        let is_solved = match progress.chapters.is_empty() {
            // What cannot be read is said when its turn comes.
            true => pristine.changed(chapter).map_or(true, |changed| !changed.is_empty()),
            false => progress.is_green(&chapter.id) || could_not_run,
        };
        if is_solved {
            solved.push(chapter);
        }
    }
    Ok(solved)
}

fn one(course: &Course, chapter: &Chapter, pristine: &Originals, stop: &Stop) -> Result<Verified> {
    let originals = match OriginalTests::of(course, chapter, pristine) {
        Ok(originals) => originals,
        Err(error) => {
            let (id, problem) = (chapter.id.clone(), Some(format!("{error:#}")));
            return Ok(Verified { id, problem, ..Verified::default() });
        }
    };
    let mut stream = Stream::new(&course.root, chapter, "exercise", indicatif::MultiProgress::new());
    let code = chapter.code_fingerprint()?;
    // Held until the tests have been run.
    let mut scratch = None;
    let (subject, tests) = if originals.changed.is_empty() {
        (Subject::exercise(course, chapter), chapter.tests_fingerprint()?)
    } else {
        let scratch = scratch.insert(Scratch::open(course, &format!("{}-verify", chapter.id))?);
        let files = originals.put_over(files::read_all(&chapter.dir)?, &chapter.about.edit);
        let subject = scratch.exercise(chapter, &files, &originals.borrowed)?;
        // As `Chapter::tests_fingerprint`, of the originals.
        let mut tests = originals.files;
        tests.remove(MANIFEST);
        tests.extend(originals.borrowed);
        (subject, files::fingerprint(&tests))
    };
    // Only its bar is wanted: the result comes in a line at the end.
    let mut on = |event| drop(stream.take(event));
    let mut report = record::run(course, chapter, subject, stop, &mut on)?;
    record::write_down(course, chapter, &mut report, record::Ran { tests, code }, false)?;
    if report.outcome == Outcome::Stopped {
        bail!("stopped before the end: nothing is said about what was not run");
    }
    let changed_tests = originals.changed;
    Ok(Verified {
        id: chapter.id.clone(),
        outcome: Some(report.outcome),
        passed: report.passed(),
        total: report.total(),
        failing: report.failed().map(|test| test.name.clone()).collect(),
        not_run: report.not_run().map(|test| test.name.clone()).collect(),
        mend: (!changed_tests.is_empty()).then(|| put_back(chapter, &changed_tests)),
        changed_tests,
        problem: match report.missing() {
            Some(missing) => Some(missing.in_short()),
            None => report.errors().next().map(|error| error.message.clone()),
        },
    })
}

/// The test files of a chapter as they were written, its manifest among them: it says which tests there are.
#[derive(Debug)]
struct OriginalTests {
    files: Files,
    /// Those of other exercises that its rings take in, from `exercises/` on.
    borrowed: Files,
    changed: Vec<String>,
}

const MANIFEST: &str = "Cargo.toml";

impl OriginalTests {
    fn of(course: &Course, chapter: &Chapter, pristine: &Originals) -> Result<Self> {
        let is_original = |name: &str| {
            let is_test = name.starts_with("tests/") || name == MANIFEST;
            is_test && !chapter.about.edit.iter().any(|edited| edited == name)
        };
        let files = pristine.some_files(chapter, is_original)?;
        let present = files::read_all(&chapter.dir)?;
        let is_as_written = |name: &String, bytes: &[u8]| match present.get(name) {
            Some(present) if name == MANIFEST => with_dependencies_of(bytes, present) == Some(table(present)),
            present => present.is_some_and(|present| present == bytes),
        };
        let changed = files.iter().filter(|(name, bytes)| !is_as_written(name, bytes));
        let mut changed: Vec<String> = changed.map(|(name, _)| name.clone()).collect();
        let mut borrowed = Files::new();
        for path in chapter.borrowed() {
            let (folder, name) = path.split_once('/').unwrap_or_default();
            let original = pristine.some_files(course.chapter(folder)?, |one| one == name)?;
            let bytes = original.into_values().next().unwrap_or_default();
            if files::read(&course.root.join("exercises").join(&path)).ok().as_ref() != Some(&bytes) {
                changed.push(format!("../{path}"));
            }
            borrowed.insert(path, bytes);
        }
        Ok(Self { files, borrowed, changed })
    }

    /// The learner's files with the originals in their place. Dependencies that the learner added stay: the code may
    /// need them.
    fn put_over(&self, mut files: Files, edit: &[String]) -> Files {
        let mut originals = self.files.clone();
        if let (Some(original), Some(present)) = (originals.get_mut(MANIFEST), files.get(MANIFEST))
            && let Some(manifest) = with_dependencies_of(original, present)
            && let Ok(text) = toml::to_string(&manifest)
        {
            *original = text.into_bytes();
        }
        files.retain(|name, _| !name.starts_with("tests/") || edit.contains(name));
        files.extend(originals);
        files
    }
}

fn table(manifest: &[u8]) -> Table {
    toml::from_str(&String::from_utf8_lossy(manifest)).unwrap_or_default()
}

fn with_dependencies_of(original: &[u8], present: &[u8]) -> Option<Table> {
    const DEPENDENCIES: &str = "dependencies";
    let (mut original, mut present) = (table(original), table(present));
    original.remove(DEPENDENCIES);
    original.extend(present.remove(DEPENDENCIES).map(|dependencies| (DEPENDENCIES.to_owned(), dependencies)));
    (!original.is_empty()).then_some(original)
}

/// A reset would take the learner's code along; this puts back the tests alone.
fn put_back(chapter: &Chapter, changed: &[String]) -> String {
    let tests = changed.iter().any(|name| name != MANIFEST).then_some("tests");
    let manifest = changed.iter().any(|name| name == MANIFEST).then_some(MANIFEST);
    let places = tests.into_iter().chain(manifest);
    let places: String = places.map(|place| format!(" exercises/{}/{place}", chapter.folder)).collect();
    format!("git checkout --{places}")
}

fn text(verified: &Verified) -> String {
    let Verified { id, passed, total, .. } = verified;
    let (word, how) = match verified.outcome {
        Some(Outcome::Green) => (style::good("ok  "), format!("all {total} tests pass")),
        Some(Outcome::NotRun) => {
            let not_run = verified.not_run.len();
            (style::note("--  "), format!("not run: {not_run} of {total} tests; the others pass"))
        }
        Some(Outcome::Red) => (style::bad("FAIL"), format!("{passed} of {total} tests pass")),
        Some(Outcome::DoesNotCompile) => (style::bad("FAIL"), "does not compile".into()),
        Some(Outcome::Stopped) | None => (style::bad("FAIL"), "could not be run".into()),
    };
    let mut text = format!("  {word} {id}: {how}\n");
    for name in &verified.failing {
        text.push_str(&format!("         {} {name}\n", style::bad("FAIL")));
    }
    if let Some(problem) = &verified.problem {
        text.push_str(&format!("         {}\n", problem.replace('\n', "\n         ")));
    }
    if let Some(mend) = &verified.mend {
        text.push_str(&format!(
            "         The originals were run, for these were changed: {}\n         To put them back: {mend}\n",
            verified.changed_tests.join(", ")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGINAL: &[u8] = b"[package]\nname = \"a\"\n[dependencies]\nserde = \"1\"\n[[test]]\nname = \"api\"\npath = \"tests/api.rs\"\n";

    fn originals() -> OriginalTests {
        let files = Files::from([
            (MANIFEST.into(), ORIGINAL.to_vec()),
            ("tests/api.rs".into(), b"original".to_vec()),
        ]);
        OriginalTests { files, borrowed: Files::new(), changed: vec!["tests/api.rs".into()] }
    }

    #[test]
    fn the_learners_code_stays_and_the_tests_are_the_originals() {
        let theirs = Files::from([
            (MANIFEST.into(), b"[package]\nname = \"a\"\n[dependencies]\nrand = \"1\"\n".to_vec()),
            ("src/lib.rs".into(), b"theirs".to_vec()),
            ("tests/api.rs".into(), b"tampered".to_vec()),
            ("tests/more.rs".into(), b"theirs".to_vec()),
        ]);
        let files = originals().put_over(theirs, &["src/lib.rs".to_owned()]);
        assert_eq!(files.keys().collect::<Vec<_>>(), [MANIFEST, "src/lib.rs", "tests/api.rs"]);
        assert_eq!(files["src/lib.rs"], b"theirs");
        assert_eq!(files["tests/api.rs"], b"original");
        let manifest = table(&files[MANIFEST]);
        assert_eq!(manifest["test"], table(ORIGINAL)["test"], "the tests that were taken out are back");
        assert_eq!(manifest["dependencies"]["rand"], "1".into(), "the code may need it");
    }

    #[test]
    fn a_dependency_more_is_no_change_of_the_tests_and_a_test_less_is() {
        let more = b"[package]\nname = \"a\"\n[dependencies]\nrand = \"1\"\nserde = \"1\"\n[[test]]\nname = \"api\"\npath = \"tests/api.rs\"\n";
        assert_eq!(with_dependencies_of(ORIGINAL, more), Some(table(more)));
        let less = b"[package]\nname = \"a\"\n[dependencies]\nserde = \"1\"\n";
        assert_ne!(with_dependencies_of(ORIGINAL, less), Some(table(less)));
    }
}
