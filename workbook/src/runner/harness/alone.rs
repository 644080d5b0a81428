//! One test in a process of its own: its status is how the process ended, its message all that it printed.

use std::time::Instant;

use anyhow::Result;
use local_postgres::NotRun;

use super::{ENDED, LIMIT, Place, Test, TestResult, TestStatus, together};
use crate::runner::process::{self, End, Patience, Stop};

/// Runs one test to its end, or until its time is up.
///
/// # Errors
/// When the binary cannot be started.
pub fn run(test: &Test, place: &Place, stop: &Stop) -> Result<TestResult> {
    let mut command = place.command(&test.binary);
    command.args(["--exact", &test.name, "--include-ignored", "--nocapture", "--test-threads=1"]);
    let started = Instant::now();
    let (end, text) = process::text(command, stop, Patience::of(LIMIT))?;
    let mut output = own_output(&test.name, &text).to_owned();
    let status = match end {
        End::Exited(_) if NotRun::said_in(&output).is_some() => TestStatus::NotRun,
        End::Exited(status) if status.success() && together::counts_as_passed(&text, 1) => TestStatus::Passed,
        End::Exited(status) => {
            // 101 is what the harness says of a failed test; anything else ended the process from within.
            if status.code() != Some(101) {
                output.push_str(&format!("\n{ENDED} {status}: a stack overflow, an abort or an exit\n"));
            }
            TestStatus::Failed
        }
        End::TimedOut => {
            output.push_str(&format!(
                "\nstill running after {} s: an endless loop or a deadlock?\n",
                started.elapsed().as_secs()
            ));
            TestStatus::TimedOut
        }
        End::Stopped => TestStatus::Failed,
    };
    let slow = started.elapsed() > together::SILENCE / 2;
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
