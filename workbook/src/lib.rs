//! The tool behind `cargo workbook`.
//!
//! [`course`] is what stands on disk, [`run`] builds and runs an exercise, [`progress`], [`snapshots`] and
//! [`pristine`] keep what a learner did and what the exercise was, [`watch`] runs on every save, [`book`] and
//! [`server`] make and serve the pages, [`live`] and [`calls`] are what pages see of a run and ask for,
//! [`architecture`] draws the learner's own modules, [`check`] holds the rules that the workbook keeps. [`cli`] and
//! [`commands`] put them together.

pub mod ansi;
pub mod architecture;
pub mod book;
pub mod calls;
pub mod cargo;
pub mod carry;
pub mod chain;
pub mod check;
pub mod cli;
pub mod commands;
pub mod course;
pub mod editor;
pub mod files;
pub mod harness;
pub mod hints;
pub mod live;
pub mod order;
pub mod pristine;
pub mod process;
pub mod progress;
pub mod report_stream;
pub mod run;
pub mod server;
pub mod shadow;
pub mod show;
pub mod snapshots;
pub mod solution;
pub mod status;
pub mod watch;
