//! Several tests of one binary in one process, to learn whether all of them pass.

use std::time::Duration;

use anyhow::Result;

use super::{LIMIT, Place, Test};
use crate::runner::process::{self, End, Patience, Stop};

/// The harness prints something before and after each test. Where it has printed nothing for so long, a test hangs or
/// is slow, and holds up the results of all others in its process.
pub const SILENCE: Duration = Duration::from_secs(1);

/// What is known once the process has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    AllPassed,
    /// At least one failed, hung or ended the process. Which one is not asked here.
    NotAllPassed,
    Stopped,
}

/// Runs tests of one binary, one after another in one process.
///
/// # Errors
/// When the binary cannot be started.
pub fn run<'a>(tests: impl Iterator<Item = &'a Test>, place: &Place, stop: &Stop) -> Result<Together> {
    let mut tests = tests.peekable();
    let Some(first) = tests.peek() else { return Ok(Together::AllPassed) };
    let mut command = place.command(&first.binary);
    command.args(["--exact", "--include-ignored", "--test-threads=1"]);
    let mut count = 0;
    for test in tests {
        command.arg(&test.name);
        count += 1;
    }
    let (end, text) = process::text(command, stop, Patience { whole: LIMIT, silence: SILENCE })?;
    Ok(match end {
        End::Stopped => Together::Stopped,
        End::Exited(status) if status.success() && counts_as_passed(&text, count) => Together::AllPassed,
        End::Exited(_) | End::TimedOut => Together::NotAllPassed,
    })
}

/// Whether the harness said at its end that it ran so many tests and that all passed. It does not get to say so where
/// a test ended the process, be it with success.
pub fn counts_as_passed(text: &str, count: usize) -> bool {
    // It writes this part at once, so nothing that another thread prints can stand within it.
    text.contains(&format!(". {count} passed; 0 failed; 0 ignored; 0 measured; "))
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
}
