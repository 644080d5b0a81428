//! What is true of PostgreSQL, and how the service works with it. The contract says what is the same on all databases.

mod isolation;
mod refusals;
mod stored_rows;
mod service;
mod transactions;

use std::{error::Error, mem, sync::Mutex, thread};

use crate::desk::{adapters::postgres, application::ports::StorageError};
use sqlx::{PgPool, postgres::PgPoolOptions};
use testkit_postgres::Database;

// ANCHOR: fresh
/// A PostgreSQL database of one test, with all migrations and nobody in it.
#[derive(Debug)]
pub struct Postgres {
    /// None as soon as it is given back.
    database: Option<Database>,
    pool: PgPool,
    is_given_back: bool,
}

/// What the next test empties, which takes less time than to make another one.
static GIVEN_BACK: Mutex<Vec<Database>> = Mutex::new(Vec::new());

impl Postgres {
    /// A new database. It goes with this value, so a test may change its tables.
    pub async fn fresh() -> Self {
        let database = Database::fresh().await;
        let options = database.url().parse().expect("its address");
        let pool = postgres::open(options).await.expect("the migrations run");
        Self { database: Some(database), pool, is_given_back: false }
    }

    /// A database for a test that changes its rows, and not its tables. Another test may have had it before.
    pub async fn empty() -> Self {
        let given_back = GIVEN_BACK.lock().expect("nobody panics here").pop();
        let mut postgres = match given_back {
            None => Self::fresh().await,
            Some(database) => {
                let pool =
                    postgres::pool(database.url().parse().expect("its address"));
                let rows = "DELETE FROM order_items; DELETE FROM orders; DELETE FROM products; DELETE FROM users;";
                run(&pool, rows).await;
                Self { database: Some(database), pool, is_given_back: true }
            }
        };
        postgres.is_given_back = true;
        postgres
    }
    // ANCHOR_END: fresh

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A pool with one connection: whatever somebody leaves on it, the next one finds.
    fn one_connection(&self) -> PgPool {
        let options = self.url().parse().expect("its address");
        PgPoolOptions::new().max_connections(1).connect_lazy_with(options)
    }

    fn url(&self) -> &str {
        self.database.as_ref().expect("it is not given back").url()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.is_given_back && !thread::panicking() {
            let mut given_back = GIVEN_BACK.lock().expect("nobody panics here");
            given_back.extend(mem::take(&mut self.database));
        }
    }
}

/// Somebody else at the database, who does not go through the service.
pub async fn run(pool: &PgPool, sql: &'static str) {
    sqlx::raw_sql(sql)
        .execute(pool)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
}

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("a number")
}

/// Holds that this is a failure of the storage, and that its cause, for the log, says why.
#[track_caller]
fn assert_says<T: std::fmt::Debug>(answer: Result<T, StorageError>, why: &str) {
    let error = answer.expect_err("PostgreSQL refuses it, and the adapter says Ok");
    let cause = error.source().expect("a failure has a cause").to_string();
    assert!(cause.contains(why), "the cause says {why:?}: {cause:?}");
}
