//! What each command of `cargo workbook` does.

pub mod build;
pub mod doctor;
pub mod learn;
pub mod open;
pub mod start;
pub mod update;
pub mod verify;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::serve::Forwarded;

/// How the book is served.
#[derive(Debug, Clone, Args)]
pub struct Start {
    /// The port of the book; when it is taken, the next free one
    #[arg(long, default_value_t = 3030, value_name = "PORT")]
    pub port: u16,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
    /// The address that your browser shows for the book, where the port is forwarded (ssh -L, Codespaces)
    #[arg(long, value_name = "ADDRESS")]
    pub forwarded: Option<Forwarded>,
    /// Look for changes every half second, for file systems that report none (some network and container folders)
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    Text,
    Json,
    /// A picture
    Svg,
}

/// Whether all is well: decides between the exit codes 0 and 1.
pub type Verdict = Result<bool>;
