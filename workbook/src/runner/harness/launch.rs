//! One process of the harness: for several tests of a binary, or for one.

use std::time::{Duration, Instant};

use anyhow::Result;
use local_postgres::NotRun;

use super::{ENDED, LIMIT, Place, Test, TestResult, TestStatus};
use crate::runner::process::{self, End, Patience, Stop};

/// The harness prints something before and after each test. Where it has printed nothing for so long, a test hangs or
/// is slow, and holds up the results of all others in its process.
const SILENCE: Duration = Duration::from_secs(1);

/// Runs tests of one binary, one after another in one process. Whether all of them passed; which one failed, hung or ended
/// the process is not asked here.
pub fn together(tests: &[&Test], place: &Place, stop: &Stop) -> Result<bool> {
    let mut command = place.command(&tests[0].binary);
    command.args(["--exact", "--include-ignored", "--test-threads=1"]);
    command.args(tests.iter().map(|test| &test.name));
    let (end, text) = process::text(command, stop, Patience { whole: LIMIT, silence: SILENCE })?;
    let success = matches!(end, End::Exited(status) if status.success());
    Ok(success && counts_as_passed(&text, tests.len()))
}

/// Whether the harness said at its end that it ran so many tests and that all passed. It does not get to say so where
/// a test ended the process, be it with success.
fn counts_as_passed(text: &str, count: usize) -> bool {
    // It writes this part at once, so nothing that another thread prints can stand within it.
    text.contains(&format!(". {count} passed; 0 failed; 0 ignored; 0 measured; "))
}

/// Runs one test in a process of its own, to its end or until its time is up: its status is how the process ended, its
/// message all that it printed.
pub fn alone(test: &Test, place: &Place, stop: &Stop) -> Result<TestResult> {
    let mut command = place.command(&test.binary);
    command.args(["--exact", &test.name, "--include-ignored", "--nocapture", "--test-threads=1"]);
    let started = Instant::now();
    let (end, text) = process::text(command, stop, Patience::of(LIMIT))?;
    let mut output = own_output(&test.name, &text).to_owned();
    let status = match end {
        End::Exited(_) if NotRun::said_in(&output).is_some() => TestStatus::NotRun,
        End::Exited(status) if status.success() && counts_as_passed(&text, 1) => TestStatus::Passed,
        End::Exited(status) => {
            // 101 is what the harness says of a failed test; anything else ended the process from within.
            if status.code() != Some(101) {
                output += &format!("\n{ENDED} {status}: a stack overflow, an abort or an exit\n");
            }
            TestStatus::Failed
        }
        End::TimedOut => {
            let seconds = started.elapsed().as_secs();
            output += &format!("\nstill running after {seconds} s: an endless loop or a deadlock?\n");
            TestStatus::TimedOut
        }
        End::TooMuch => {
            output += "\nit printed without an end, and was ended\n";
            TestStatus::Failed
        }
        End::Stopped => TestStatus::Failed,
    };
    let slow = started.elapsed() > SILENCE / 2;
    Ok(TestResult { name: test.name.clone(), status, output, slow })
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
    fn only_the_harness_own_count_of_all_of_them_is_a_proof() {
        let said = "\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 139 filtered out; finished in 0.02s\n\n";
        assert!(counts_as_passed(said, 3));
        assert!(!counts_as_passed(said, 13) && !counts_as_passed(said, 2) && !counts_as_passed("", 0));
        assert!(!counts_as_passed(&said.replace("0 failed", "1 failed"), 3));
    }

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
