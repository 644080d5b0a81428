//! Somebody else at the database, and what the log says of it.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{error::Error, iter::successors};

use sqlx::SqlitePool;

use crate::desk::application::ports::StorageError;

/// Somebody else at the database, who does not go through the service.
pub async fn run(pool: &SqlitePool, sql: &'static str) {
    sqlx::raw_sql(sql)
        .execute(pool)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
}

pub async fn count(pool: &SqlitePool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("a number")
}

/// Holds that this is a failure of the storage, and that one of its causes, for the log,
/// says why.
#[track_caller]
pub fn assert_says<T: std::fmt::Debug>(answer: Result<T, StorageError>, why: &str) {
    let error = answer.expect_err("this cannot be answered");
    let causes: Vec<String> = successors(error.source(), |&cause| cause.source())
        .map(ToString::to_string)
        .collect();
    assert!(
        causes.iter().any(|cause| cause.contains(why)),
        "no cause says {why:?}: {causes:?}"
    );
}
