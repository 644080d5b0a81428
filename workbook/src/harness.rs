//! Runs test binaries, each test in a process of its own.
//!
//! A test's result is its exit code, its message is all it printed. A test that never ends, overflows the stack or
//! ends the process fails alone: the others still run.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use serde::Serialize;

use crate::process::{self, End, Stop};

/// A test that runs longer is ended, and has failed.
const LIMIT: Duration = Duration::from_secs(60);

/// What a test's output says at its end when the test did not fail by itself: its process ended from within.
pub const ENDED: &str = "the test's process ended with";

/// One test of one binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    pub binary: PathBuf,
    pub name: String,
}

/// What became of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestResult {
    pub name: String,
    pub status: Status,
    /// All it printed, the panic message among it; the harness' own lines left out.
    pub output: String,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Passed,
    Failed,
    /// It was still running when its time was up.
    TimedOut,
}

/// Where the tests of a package run: its folder, and the variables that Cargo would set.
#[derive(Debug, Clone)]
pub struct Place {
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
}

impl Place {
    /// The place of the package in `dir`, with what `.cargo/config.toml` of the workbook sets.
    ///
    /// # Errors
    /// When that file does not parse.
    pub fn of(root: &Path, dir: &Path) -> Result<Self> {
        let mut env = vec![
            ("CARGO_MANIFEST_DIR".to_owned(), dir.to_string_lossy().into_owned()),
            // A learner reads the message; the frames of a runtime below it cost time and hide it.
            ("RUST_BACKTRACE".to_owned(), "0".to_owned()),
        ];
        let config = std::fs::read_to_string(root.join(".cargo/config.toml")).unwrap_or_default();
        let config: toml::Table = toml::from_str(&config)?;
        for (name, value) in config.get("env").and_then(toml::Value::as_table).into_iter().flatten() {
            let value = match value {
                toml::Value::String(value) => value.clone(),
                // `{ value = "", relative = true }`: a path below the workbook.
                value => {
                    let below = value.get("value").and_then(toml::Value::as_str).unwrap_or_default();
                    root.join(below).to_string_lossy().into_owned()
                }
            };
            env.push((name.clone(), value));
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
///
/// # Errors
/// When it cannot be started or does not list its tests.
pub fn list(binary: &Path, place: &Place, stop: &Stop) -> Result<Vec<Test>> {
    let mut command = place.command(binary);
    command.args(["--list", "--format", "terse"]);
    let (end, text) = process::text(command, stop, LIMIT)?;
    ensure!(
        matches!(end, End::Exited(status) if status.success()) || stop.is_set(),
        "{} does not list its tests:\n{text}",
        binary.display()
    );
    let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
    Ok(names.map(|name| Test { binary: binary.to_owned(), name: name.to_owned() }).collect())
}

/// Runs the tests, as many at a time as the machine has cores, and hands on each result as it comes.
/// Tests that a [`Stop`] ended have no result.
///
/// # Errors
/// When a binary cannot be started.
pub fn run(
    tests: &[Test],
    place: &Place,
    stop: &Stop,
    on: &mut dyn FnMut(&TestResult),
) -> Result<Vec<TestResult>> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(tests.len());
    let queue = std::sync::Mutex::new(tests.iter().enumerate());
    let next = || queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
    let (sender, receiver) = mpsc::channel();
    let mut results = thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((at, test)) = next() {
                    let result = one(test, place, stop);
                    if stop.is_set() || sender.send((at, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut results = Vec::new();
        for (at, result) in receiver {
            let result = result?;
            on(&result);
            results.push((at, result));
        }
        Ok::<_, anyhow::Error>(results)
    })?;
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

fn one(test: &Test, place: &Place, stop: &Stop) -> Result<TestResult> {
    let mut command = place.command(&test.binary);
    command.args(["--exact", &test.name, "--include-ignored", "--nocapture", "--test-threads=1"]);
    let started = Instant::now();
    let (end, text) = process::text(command, stop, LIMIT)?;
    let mut output = own_output(&test.name, &text).to_owned();
    let status = match end {
        End::Exited(status) if status.success() => Status::Passed,
        End::Exited(status) => {
            // 101 is what the harness says of a failed test; anything else ended the process from within.
            if status.code() != Some(101) {
                output.push_str(&format!(
                    "\nthe test's process ended with {status}: a stack overflow, an abort or an exit\n"
                ));
            }
            Status::Failed
        }
        End::TimedOut => {
            output.push_str(&format!(
                "\nstill running after {} s: an endless loop or a deadlock?\n",
                started.elapsed().as_secs()
            ));
            Status::TimedOut
        }
        End::Stopped => Status::Failed,
    };
    Ok(TestResult { name: test.name.clone(), status, output })
}

/// What the test itself printed: the text without the lines that the harness puts around it.
fn own_output<'a>(name: &str, text: &'a str) -> &'a str {
    let start = format!("running 1 test\ntest {name} ... ");
    let text = text.find(&start).map_or(text, |at| &text[at + start.len()..]);
    let ends = ["FAILED\n\nfailures:", "ok\n\ntest result:"];
    let end = ends.iter().filter_map(|end| text.rfind(end)).max().unwrap_or(text.len());
    text[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_harness_own_lines_are_left_out() {
        let failed = "\nrunning 1 test\ntest a ... \nthread 'a' panicked at x.rs:1:1:\nno\nFAILED\n\nfailures:\n\nfailures:\n    a\n\ntest result: FAILED.\n";
        assert_eq!(own_output("a", failed), "thread 'a' panicked at x.rs:1:1:\nno");
        let passed = "\nrunning 1 test\ntest a ... hello\nok\n\ntest result: ok. 1 passed\n";
        assert_eq!(own_output("a", passed), "hello");
    }

    #[test]
    fn a_test_that_prints_what_the_harness_prints_keeps_its_text() {
        let sly =
            "\nrunning 1 test\ntest a ... ok\n\ntest result: ok, says the test\nmore\nFAILED\n\nfailures:\n";
        assert_eq!(own_output("a", sly), "ok\n\ntest result: ok, says the test\nmore");
        assert_eq!(own_output("a", "no harness at all"), "no harness at all");
    }
}
