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
//! machine a superuser without one would be everybody's. Each start has another. Before it is sent, the folder and the
//! process are looked at: after the server was killed, somebody else may listen at its port. A socket file would do
//! without all of that, but not on Windows, and its path may have at most 107 bytes.

mod cluster;
mod folder;
mod installation;
mod user;

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

/// For the build script of a crate with tests that need PostgreSQL: sets the condition `no_postgres` where there is none, and
/// neither does `DATABASE_URL` name one. Plain `cargo test` then lists these tests as ignored:
///
/// ```ignore
/// #[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
/// ```
///
/// With `-- --include-ignored`, and in the workbook's own runs, each of them says by a [`NotRun`] what is missing.
pub fn build_script() {
    println!("cargo::rustc-check-cfg=cfg(no_postgres)");
    println!("cargo::rerun-if-env-changed=DATABASE_URL");
    println!("cargo::rerun-if-env-changed={}", installation::FOLDER);
    if matches!(database_url(), Ok(None)) && Installation::find().is_err() {
        println!("cargo::rustc-cfg=no_postgres");
        // Somebody may install one: the next edit asks again.
        println!("cargo::rerun-if-changed=.");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
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
/// As text it begins with `not run: `, which is how a test says it: it panics with this. Plain `cargo test` does not run
/// such a test where PostgreSQL is missing (see [`build_script`]). The tool runs it, counts it as not run and shows this; its chapter
/// is neither green nor red.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// A few words, without a full stop.
    pub reason: String,
    /// Whole sentences.
    pub mend: String,
}

const SIGN: &str = "not run: ";

impl NotRun {
    /// The reason and, from the second line on, the mend.
    pub fn in_short(&self) -> String {
        format!("{}\n{}", self.reason, self.mend)
    }

    /// What a test said that panicked with this, found in all that the test printed.
    pub fn said_in(output: &str) -> Option<Self> {
        let panics = output.match_indices(" panicked at ").map(|(at, _)| &output[at..]);
        let mut said = panics.filter_map(|panic| panic.split_once('\n')?.1.strip_prefix(SIGN));
        let mut lines = said.next()?.lines();
        let reason = lines.next().unwrap_or_default().to_owned();
        const NEXT: [&str; 3] = ["thread '", "note: run with `RUST_BACKTRACE", "stack backtrace:"];
        let is_next = |line: &str| NEXT.iter().any(|next| line.starts_with(next));
        let mend: Vec<_> = lines.take_while(|line| !line.is_empty() && !is_next(line)).collect();
        Some(Self { reason, mend: mend.join("\n") })
    }
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SIGN}{}\n{}", self.reason, self.mend)
    }
}

impl std::error::Error for NotRun {}
