//! Finds a PostgreSQL for the tests: the one that `DATABASE_URL` names, or a private one that it starts from the
//! programs on this machine. For the tests of the chapters, which reach it through `testkit-postgres`, and for
//! `cargo workbook doctor`. It speaks to no server itself, so the tool builds without a database driver.
//!
//! # The private server
//! There is one for each user of the machine, in the system's temporary folder, shared by all tests, all runs and all
//! copies of the workbook. Not in the workbook: root's home folder is closed to the user who has to run the server,
//! and a folder that comes from another system (a container's bind mount, `/mnt/c`) cannot be closed to others, which
//! PostgreSQL demands. Nothing in it is worth keeping: what does not start is thrown away and made anew. So it does
//! not wait for the disk either (`fsync = off`), and a power cut may cost all of it.
//!
//! It listens on 127.0.0.1, at a port that was free, and asks for a password that only its user can read: on a shared
//! machine a superuser without one would be everybody's. A socket file would do without both, but not on Windows, and
//! its path may have at most 107 bytes.

mod cluster;
mod folder;
mod installation;

use std::fmt;

pub use cluster::Cluster;
pub use installation::{Installation, OLDEST};

/// The server that `DATABASE_URL` names; `None` where it is not set, and the tests use a private one.
///
/// # Errors
/// When it is no address of a PostgreSQL.
pub fn database_url() -> Result<Option<String>, NotRun> {
    match std::env::var("DATABASE_URL") {
        Ok(url) if !url.is_empty() => checked(url).map(Some),
        _ => Ok(None),
    }
}

fn checked(url: String) -> Result<String, NotRun> {
    if ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(url);
    }
    let scheme = url.split(':').next().unwrap_or_default();
    Err(NotRun {
        reason: format!("DATABASE_URL is no address of a PostgreSQL: it begins with {scheme:?}"),
        mend: "Set it to postgres://USER:PASSWORD@HOST:5432/DATABASE. Or unset it: the tests then start a private one."
            .into(),
    })
}

/// Why tests cannot run here, and what to do about it.
///
/// As text its first line is `not run: REASON`. A test that panics with it says that it was not run: `cargo test`
/// shows a failure, because it knows nothing between passed and failed, and the tool counts the test as not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// A few words, without a full stop.
    pub reason: String,
    /// Whole sentences.
    pub mend: String,
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not run: {}\n{}", self.reason, self.mend)
    }
}

impl std::error::Error for NotRun {}
