//! Runs test binaries: few processes for the tests that pass, one for each test that does not.
//!
//! To start a process for each of 142 tests costs more than the tests themselves. So tests run [`together`], as many
//! at a time as fit the number of cores, and what proves that they passed is that their process ended with success
//! and that its harness counted every one of them as passed. A process that was ended from within says the one
//! without the other. Nothing else that such a process prints is read.
//!
//! Of a process that says anything else nothing is believed: each of its tests runs again, [`alone`]. So a red test is
//! always one that failed in a process of its own, where its status is an exit code and its message is all it printed;
//! and a test that never ends, overflows the stack or ends the process fails alone: the others still run. Tests that
//! are not expected to pass run alone at once: see [`Alone`].

mod jobs;
mod launch;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Result, ensure};
use local_postgres::NotRun;
use serde::Serialize;

use crate::{
    course::matches,
    runner::process::{self, End, Patience, Stop},
};
use jobs::{Job, Jobs};
use launch::{alone, together};

/// A test that runs longer is ended, and has failed.
const LIMIT: Duration = Duration::from_secs(60);

/// What a test's output says at its end when the test did not fail by itself: its process ended from within.
pub const ENDED: &str = "the test's process ended with";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    pub binary: PathBuf,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    pub name: String,
    pub status: TestStatus,
    /// All it printed, the panic message among it; the harness' own lines left out. Empty where it passed together with
    /// others.
    pub output: String,
    /// Whether it ran alone and took so long that together with others it would be taken for one that hangs.
    pub slow: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestStatus {
    Passed,
    Failed,
    TimedOut,
    /// It says that it cannot run here: see [`NotRun`].
    NotRun,
}

/// Which tests run in a process of their own from the start, because to run them together first would be in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alone {
    /// All of them: the gates also hold that no test needs another.
    All,
    /// Those with these names, or that are cases of a table with such a name.
    These(Vec<String>),
}

impl Alone {
    fn has(&self, test: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.iter().any(|name| matches(name, test)),
        }
    }
}

/// Where the tests of a package run: its folder, and the variables that Cargo would set.
#[derive(Debug, Clone)]
pub struct Place {
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
}

impl Place {
    /// The place of the package in `dir`, with what `.cargo/config.toml` of the workbook sets.
    pub fn of(root: &Path, dir: &Path) -> Result<Self> {
        let mut env = vec![
            ("CARGO_MANIFEST_DIR".to_owned(), dir.to_string_lossy().into_owned()),
            // A learner reads the message; the frames of a runtime below it cost time and hide it.
            ("RUST_BACKTRACE".to_owned(), "0".to_owned()),
        ];
        let config = std::fs::read_to_string(root.join(".cargo/config.toml")).unwrap_or_default();
        let config: toml::Table = toml::from_str(&config)?;
        for (name, value) in config.get("env").and_then(toml::Value::as_table).into_iter().flatten() {
            // `{ value = "", relative = true }` is a path below the workbook.
            let below = value.get("value").and_then(toml::Value::as_str).map(|below| root.join(below));
            let text = value.as_str().map(PathBuf::from).or(below).unwrap_or_default();
            env.push((name.clone(), text.to_string_lossy().into_owned()));
        }
        Ok(Self { dir: dir.to_owned(), env })
    }

    fn command(&self, binary: &Path) -> Command {
        let mut command = Command::new(binary);
        command.current_dir(&self.dir).envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// The tests of a binary, in its own order.
pub fn list(binary: &Path, place: &Place, stop: &Stop) -> Result<Vec<Test>> {
    let mut command = place.command(binary);
    command.args(["--list", "--format", "terse"]);
    let (end, text) = process::text(command, stop, Patience::of(LIMIT))?;
    ensure!(
        matches!(end, End::Exited(status) if status.success()) || stop.is_set(),
        "{} does not list its tests:\n{text}",
        binary.display()
    );
    let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
    Ok(names.map(|name| Test { binary: binary.to_owned(), name: name.to_owned() }).collect())
}

/// Runs the tests, in as many processes at a time as the machine has cores, and hands on each result as it comes.
/// Tests that a [`Stop`] ended have no result.
pub fn run(
    tests: &[Test],
    alone: &Alone,
    place: &Place,
    stop: &Stop,
    on: &mut dyn FnMut(&TestResult),
) -> Result<Vec<TestResult>> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(tests.len());
    let jobs = Jobs::plan(tests, alone, workers);
    let (sender, receiver) = mpsc::channel();
    let mut results = thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, jobs) = (sender.clone(), &jobs);
            scope.spawn(move || {
                while let Some(job) = jobs.next() {
                    let results = work(&job, jobs, tests, place, stop);
                    // Nobody listens any more once there was an error.
                    if stop.is_set() || sender.send(results).is_err() {
                        jobs.give_up();
                    }
                }
            });
        }
        drop(sender);
        let mut results = Vec::new();
        for job in receiver {
            let job: Vec<(usize, TestResult)> = job?;
            job.iter().for_each(|(_, result)| on(result));
            results.extend(job);
        }
        Ok::<_, anyhow::Error>(results)
    })?;
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// The results of a job; none yet where its tests have to run again.
fn work(
    job: &Job,
    jobs: &Jobs,
    tests: &[Test],
    place: &Place,
    stop: &Stop,
) -> Result<Vec<(usize, TestResult)>> {
    match job {
        Job::Alone { at, again } => {
            let result = alone(&tests[*at], place, stop)?;
            if *again {
                jobs.ran_again(result.status);
            }
            Ok(vec![(*at, result)])
        }
        Job::Together(all) => {
            let named: Vec<_> = all.iter().map(|at| &tests[*at]).collect();
            let all_passed = together(&named, place, stop);
            jobs.ran_together(if matches!(all_passed, Ok(false)) { all } else { &[] });
            let passed = |at: &usize| (*at, TestResult::passed(&tests[*at].name));
            Ok(if all_passed? { all.iter().map(passed).collect() } else { Vec::new() })
        }
    }
}

impl TestResult {
    pub fn has_failed(&self) -> bool {
        matches!(self.status, TestStatus::Failed | TestStatus::TimedOut)
    }

    /// Why it was not run, and what to do about it.
    pub fn not_run(&self) -> Option<NotRun> {
        if self.status == TestStatus::NotRun { NotRun::said_in(&self.output) } else { None }
    }

    fn passed(name: &str) -> Self {
        Self { name: name.to_owned(), status: TestStatus::Passed, output: String::new(), slow: false }
    }
}
