//! Builds and runs the tests of a package.

pub mod cargo;
pub mod harness;
pub mod process;
pub mod run;
pub mod scratch;
pub mod test_order;
#[cfg(unix)]
pub mod watchdog;

pub use cargo::{Build, BuildEnd, BuildEvent, Diagnostic, Level};
pub use harness::{Alone, Test, TestResult, TestStatus};
pub use process::Stop;
pub use run::{Outcome, Report, Ring, RunEvent, Subject};
pub use scratch::Scratch;
