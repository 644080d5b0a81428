//! Gates 3 and 8: what else a learner might plausibly write. A wrong answer is caught by each test that it names, and those
//! stand in the chapter's ring; a right one passes both rings, without warnings. How one is written: [`workbook::course::answers`].

use std::{thread, time::Duration};

use workbook::{
    course::{
        Chapter, Files,
        answers::{Answer, RIGHT, WRONG},
        files, matches,
    },
    runner::{Level, Outcome, Report, Subject, TestStatus},
};

use super::{Failure, Gate, first_error, if_any, in_a_line, list, not_run, regex};

/// What a wrong answer's tests may take beyond three times the solution's.
const LEEWAY: Duration = Duration::from_secs(2);

/// An answer that stands beside a solution.
#[derive(Debug)]
pub struct Candidate {
    pub gate: Gate,
    /// `wrong answer missing_commit`.
    pub what: String,
    /// Or what is wrong with how it is written.
    pub applied: Result<Applied, Failure>,
}

/// An answer, and the solution with it.
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
        let (gate, kind, file) = match path.split_once('/') {
            Some((WRONG, file)) => (Gate::WrongAnswers, "wrong", file),
            Some((RIGHT, file)) => (Gate::RightAnswers, "right", file),
            _ => continue,
        };
        let what = format!("{kind} answer {}", file.split(['/', '.']).next().unwrap_or_default());
        // A folder with several files is told once.
        if all.last().is_none_or(|last| last.what != what) {
            let here = format!("solutions/{}/{path}", chapter.folder);
            let text = String::from_utf8_lossy(bytes);
            let applied = named_well(&here, file).and_then(|()| applied(chapter, solution, &here, &text));
            all.push(Candidate { gate, what, applied });
        }
    }
    all
}

/// Whether there are as many of this kind as every chapter has.
pub fn enough(chapter: &Chapter, gate: Gate, all: &[Candidate]) -> Option<Failure> {
    let (folder, least) = if gate == Gate::RightAnswers { (RIGHT, 1) } else { (WRONG, 3) };
    let write = match folder {
        RIGHT => {
            "write one that is built differently and as good, so that the tests hold rules and not the reference's shape"
        }
        _ => "write down what learners might plausibly write, with the line `Caught by: a_module::a_test`",
    };
    let (count, what) = (all.iter().filter(|one| one.gate == gate).count(), folder.replace('-', " "));
    let problem = format!("{} has {count} {what}; a chapter has at least {least}", chapter.id);
    let mend = format!("{write}: solutions/{}/{folder}/NAME.diff", chapter.folder);
    (count < least).then(|| Failure::new(problem, mend))
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
    let mend = "name it for the mistake, in the field's words: missing_commit.diff";
    match regex("^[a-z][a-z0-9_]*$").is_match(name) {
        true => Ok(()),
        false => Err(Failure::new(format!("{here} is not named in snake_case"), mend)),
    }
}

fn applied(chapter: &Chapter, solution: &Files, here: &str, text: &str) -> Result<Applied, Failure> {
    let folder = format!("solutions/{}/", chapter.folder);
    let below = |file: &str| file.trim_start_matches(&folder).to_owned();
    let answer = Answer::parse(here, text)?;
    let before = |file: &str| String::from_utf8(solution.get(&below(file))?.clone()).ok();
    let changed = answer.apply(before)?;
    let mut applied = Applied { answer, paths: Vec::new(), solution: solution.clone() };
    applied.solution.retain(|name, _| !matches!(name.split_once('/'), Some((WRONG | RIGHT, _))));
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

    /// Whether its tests end in three times the time of the solution's, and some seconds for a machine that is busy.
    pub fn in_time(&self, report: &Report, solved: &Report) -> Option<Failure> {
        let limit = 3 * solved.took + LEEWAY;
        let (took, limit) = (report.took.as_secs_f64(), limit.as_secs_f64());
        (took > limit).then(|| {
            Failure::new(
                format!("{} keeps its tests running for {took:.1} s; the limit is {limit:.1} s", self.answer.path),
                "put a cap on the loop that does not end in a test, with a message that says what was expected",
            )
        })
    }

    fn wrong(&self, report: &Report) -> Vec<Failure> {
        let here = &self.answer.path;
        let caught = list(report.failed().map(|test| &test.name));
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
        let failed = if_any(
            report.failed().map(|test| &test.name),
            &format!("{here} is right, and tests fail for it"),
            "mend these tests: they hold the reference's shape and not a rule. If they are right, it is a wrong answer",
        );
        let own = files::relative(&subject.root, &subject.dir);
        // The tests' own path leads out of the crate again.
        let is_own = |(path, ..): &(String, usize, usize)| {
            let path = path.replace('\\', "/");
            path.starts_with(&own) && !path.contains("/../")
        };
        let mut warnings = report.diagnostics.iter().filter(|one| one.level == Level::Warning);
        let warning = warnings.find(|warning| warning.place.as_ref().is_some_and(is_own)).map(|warning| {
            Failure::new(
                format!("the compiler warns of {here}: {}", in_the_crate(chapter, &in_a_line(warning))),
                "mend it: a right answer is one that a reviewer would merge",
            )
        });
        failed.into_iter().chain(warning).collect()
    }
}

/// A message of the compiler, which saw the crate in a [scratch workspace](workbook::runner::scratch), with the path within the crate.
fn in_the_crate(chapter: &Chapter, message: &str) -> String {
    let below = format!("/solutions/{}/", chapter.folder);
    message.split_once(&below).map_or(message, |(_, message)| message).to_owned()
}
