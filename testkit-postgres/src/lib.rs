//! A real PostgreSQL for a chapter's tests: each test gets a database of its own, fresh and empty.
//!
//! ```
//! use testkit_postgres::Database;
//!
//! #[tokio::test]
//! async fn a_user_is_found_by_id() {
//!     let database = Database::fresh().await;
//!     let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
//!     // migrate, arrange, act, assert
//! }
//! ```
//!
//! The database is on the server that `DATABASE_URL` names or, where that is not set, on a private one that the first
//! test starts, and that stops when nobody has used it for 15 minutes: see [`local_postgres`]. Where there is no
//! PostgreSQL, a test says that it was not run, and what to do about it: see [`NotRun`].

mod server;
mod session;

use std::mem;

pub use local_postgres::NotRun;
pub use server::Server;

use server::{Job, Jobs};

/// A database for one test. It is dropped with this value, whoever is still connected; those of tests that were
/// killed are dropped by the next process that wants one.
#[derive(Debug)]
#[must_use = "the database is dropped with this value"]
pub struct Database {
    name: String,
    url: String,
    jobs: Jobs,
}

impl Database {
    // ANCHOR: fresh
    /// A new, empty database on the server for the tests of this machine.
    ///
    /// # Panics
    /// When there is no such server: with a [`NotRun`] as the message.
    pub async fn fresh() -> Self {
        match Server::of_this_machine().database().await {
            Ok(database) => database,
            Err(not_run) => panic!("{not_run}"),
        }
    }
    // ANCHOR_END: fresh

    /// Its address, with user and password: `postgres://…`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Nobody waits for it.
        let _ = self.jobs.send(Job::Drop(mem::take(&mut self.name)));
    }
}
