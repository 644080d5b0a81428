//! Gates 3 and 8: what else a learner might plausibly write. A wrong answer is caught by each test that it names, and those
//! stand in the chapter's ring; a right one passes both rings, without warnings. How one is written: [`workbook::course::answers`].

use std::thread;

use workbook::{
    course::{
        Chapter, Files,
        answers::{Answer, RIGHT, WRONG},
        files, matches,
    },
    runner::{Level, Outcome, Report, Subject, TestStatus},
};

use super::{Failure, Gate, first_error, in_a_line, list, not_run};

/// An answer, and the solution with it.
#[derive(Debug)]
pub struct Candidate {
    pub gate: Gate,
    pub name: String,
    /// Or what is wrong with how it is written.
    pub applied: Result<Applied, Failure>,
}

#[derive(Debug)]
pub struct Applied {
    pub answer: Answer,
    /// What it changes, relative to the crate.
    pub paths: Vec<String>,
    pub solution: Files,
}

/// All of a solution's.
pub fn all(chapter: &Chapter, solution: &Files) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for (path, bytes) in solution {
        let (gate, file) = match path.split_once('/') {
            Some((WRONG, file)) => (Gate::WrongAnswers, file),
            Some((RIGHT, file)) => (Gate::RightAnswers, file),
            _ => continue,
        };
        let name = file.split(['/', '.']).next().unwrap_or_default().to_owned();
        // A folder with several files is told once.
        if all.last().is_none_or(|last| (last.gate, &last.name) != (gate, &name)) {
            let here = format!("solutions/{}/{path}", chapter.folder);
            let text = String::from_utf8_lossy(bytes);
            let applied = named_well(&here, file).and_then(|()| applied(chapter, solution, &here, &text));
            all.push(Candidate { gate, name, applied });
        }
    }
    all
}

/// Whether there are as many of this kind as every chapter has.
pub fn enough(chapter: &Chapter, gate: Gate, all: &[Candidate]) -> Vec<Failure> {
    let (folder, least, write) = match gate {
        Gate::RightAnswers => (
            RIGHT,
            1,
            "write one that is built differently and as good, so that the tests hold rules and not the reference's shape",
        ),
        _ => (
            WRONG,
            3,
            "write down what learners might plausibly write, with the line `Caught by: a_module::a_test`",
        ),
    };
    let (count, what) = (all.iter().filter(|one| one.gate == gate).count(), folder.replace('-', " "));
    let problem = format!("{} has {count} {what}; a chapter has at least {least}", chapter.id);
    let mend = format!("{write}: solutions/{}/{folder}/NAME.diff", chapter.folder);
    if count < least { vec![Failure::new(problem, mend)] } else { Vec::new() }
}

/// How many answers are built at a time. One build after another leaves a core idle most of the time; each one more takes
/// some hundred megabytes of disk.
pub fn side_by_side() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(4)
}

fn named_well(here: &str, file: &str) -> Result<(), Failure> {
    let Some(name) = file.strip_suffix(".diff").filter(|name| !name.contains('/')) else {
        return Err(Failure::new(
            format!("{here} is a whole file: one does not see what is different in it"),
            "turn it into a diff against the solution: NAME.diff",
        ));
    };
    let is_snake_case = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_snake_case {
        return Ok(());
    }
    Err(Failure::new(
        format!("{here} is not named in snake_case"),
        "name it for the mistake, in the field's words: missing_commit.diff",
    ))
}

fn applied(chapter: &Chapter, solution: &Files, here: &str, text: &str) -> Result<Applied, Failure> {
    let folder = format!("solutions/{}/", chapter.folder);
    let below = |file: &str| file.trim_start_matches(&folder).to_owned();
    let answer = Answer::parse(here, text)?;
    let before = |file: &str| String::from_utf8(solution.get(&below(file))?.clone()).ok();
    let changed = answer.apply(before)?;
    let mut applied = Applied { answer, paths: Vec::new(), solution: what_tests_need(solution) };
    for (file, text) in changed {
        let file = below(&file);
        match text {
            Some(text) => applied.solution.insert(file.clone(), text.into_bytes()),
            None => applied.solution.remove(&file),
        };
        applied.paths.push(file);
    }
    Ok(applied)
}

impl Candidate {
    pub fn what(&self) -> String {
        let kind = if self.gate == Gate::RightAnswers { "right" } else { "wrong" };
        format!("{kind} answer {}", self.name)
    }
}

impl Applied {
    /// What a run of the tests says: of the chapter's ring against a wrong answer, of both against a right one.
    pub fn check(&self, gate: Gate, chapter: &Chapter, subject: &Subject, report: &Report) -> Vec<Failure> {
        let here = &self.answer.path;
        match report.outcome {
            _ if report.missing().is_some() => not_run(report).into_iter().collect(),
            Outcome::Stopped | Outcome::NotRun => Vec::new(),
            Outcome::DoesNotCompile => vec![Failure::new(
                format!("{here} does not compile: {}", in_the_crate(chapter, &first_error(report))),
                "make it compile: it is for a test to judge it. After a change of the solution, change it as well",
            )],
            _ if gate == Gate::RightAnswers => self.right(chapter, subject, report),
            Outcome::Green => vec![Failure::new(
                format!("{here} passes every test of the chapter's ring: nothing catches it"),
                "the exercise has a hole: write the test that fails for it, or drop it if it is right after all",
            )],
            Outcome::Red => self.wrong(report),
        }
    }

    fn wrong(&self, report: &Report) -> Vec<Failure> {
        let here = &self.answer.path;
        let caught = list(report.failed().map(|test| test.name.as_str()));
        let mut failures = Vec::new();
        for name in &self.answer.caught_by {
            let mut named = report.tests.iter().filter(|test| matches(name, &test.name)).peekable();
            if named.peek().is_none() {
                failures.push(Failure::new(
                    format!("{here} names {name}, and the chapter's ring has no such test"),
                    format!("mend its line `Caught by:`. What catches it: {caught}"),
                ));
            } else if named.all(|test| test.status == TestStatus::Passed) {
                failures.push(Failure::new(
                    format!("{here} is not caught by {name}, but by: {caught}"),
                    "mend its line `Caught by:`, or the test that should catch it",
                ));
            }
        }
        failures
    }

    fn right(&self, chapter: &Chapter, subject: &Subject, report: &Report) -> Vec<Failure> {
        let here = &self.answer.path;
        let mut failures = Vec::new();
        if report.outcome == Outcome::Red {
            let failed = list(report.failed().map(|test| test.name.as_str()));
            failures.push(Failure::new(
                format!("{here} is right, and tests fail for it: {failed}"),
                "mend these tests: they hold the reference's shape and not a rule. If they are right, it is a wrong answer",
            ));
        }
        let own = files::relative(&subject.root, &subject.dir);
        // The tests' own path leads out of the crate again.
        let is_own = |(path, ..): &(String, usize, usize)| {
            let path = path.replace('\\', "/");
            path.starts_with(&own) && !path.contains("/../")
        };
        let mut warnings = report.diagnostics.iter().filter(|one| one.level == Level::Warning);
        if let Some(warning) = warnings.find(|warning| warning.place.as_ref().is_some_and(is_own)) {
            failures.push(Failure::new(
                format!("the compiler warns of {here}: {}", in_the_crate(chapter, &in_a_line(warning))),
                "mend it: a right answer is one that a reviewer would merge",
            ));
        }
        failures
    }
}

/// A message of the compiler, which saw the crate in a [scratch workspace](workbook::runner::scratch), with the path within the crate.
fn in_the_crate(chapter: &Chapter, message: &str) -> String {
    let below = format!("/solutions/{}/", chapter.folder);
    message.split_once(&below).map_or(message, |(_, message)| message).to_owned()
}

/// The files of the crate that its tests need. Examples are built with the tests and looked at by none of them, so the
/// ones that Cargo finds by itself stay away.
fn what_tests_need(solution: &Files) -> Files {
    let names_examples =
        solution.get("Cargo.toml").is_some_and(|text| String::from_utf8_lossy(text).contains("[[example]]"));
    let is_needed = |name: &str| match name.split_once('/') {
        Some((WRONG | RIGHT, _)) => false,
        Some(("examples", _)) => names_examples,
        _ => true,
    };
    let needed = solution.iter().filter(|(name, _)| is_needed(name));
    needed.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
}
