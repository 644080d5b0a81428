//! Builds and runs the tests of a package.

pub mod cargo;
pub mod harness;
pub mod process;
pub mod run;
pub mod scratch;
pub mod test_order;
