//! What is true of PostgreSQL, and how the service works with it. The contract says what is the same on all databases.

mod one_moment;
mod refusals;
mod rows;
mod service;
mod transactions;

use std::error::Error;

use crate::desk::{adapters::postgres, application::ports::StorageError};
use sqlx::PgPool;
use testkit_postgres::Database;

// ANCHOR: fresh
/// A PostgreSQL database of one test, with all migrations and nobody in it. It goes with this value.
#[derive(Debug)]
pub struct Postgres {
    database: Database,
    pool: PgPool,
}

impl Postgres {
    pub async fn fresh() -> Self {
        let database = Database::fresh().await;
        let options = database.url().parse().expect("its address");
        let pool = postgres::open(options).await.expect("the migrations run");
        Self { database, pool }
    }
    // ANCHOR_END: fresh

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    fn url(&self) -> &str {
        self.database.url()
    }
}

/// Somebody else at the database, who does not go through the service.
async fn run(pool: &PgPool, sql: &'static str) {
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
