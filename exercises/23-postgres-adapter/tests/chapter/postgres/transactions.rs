//! Two databases, the same SQL, and not the same answers. No adapter is asked here.

use sqlx::{Acquire, Connection, PgConnection};

use super::{Postgres, count};
use crate::service::Scratch;

const ADA: &str = "INSERT INTO users (id, email, name, staff_note, active)
    VALUES ('01a20add-41fd-77b4-9a14-b73987763797', 'ada@beans.example', 'Ada', '', '1')";
const EVE: &str = "INSERT INTO users (id, email, name, staff_note, active)
    VALUES ('01a20add-4264-76c5-b3a7-83fd3964575d', 'ada@beans.example', 'Eve', '', '1')";
const BO: &str = "INSERT INTO users (id, email, name, staff_note, active)
    VALUES ('01a20add-5264-76c5-b3a7-83fd3964575d', 'bo@beans.example', 'Bo', '', '1')";
const USERS: &str = "SELECT count(*) FROM users";

/// What the database said.
fn said(error: sqlx::Error) -> String {
    let error = error.into_database_error().expect("the database refused it");
    error.message().to_owned()
}

/// Ada, then Eve with Ada's address, and then Bo all the same. Gives what was said to Eve, to Bo and to the commit.
macro_rules! ada_eve_and_bo {
    ($pool:expr) => {{
        let mut transaction = $pool.begin().await.expect("a transaction");
        sqlx::raw_sql(ADA).execute(&mut *transaction).await.expect("Ada is new");
        let eve = sqlx::raw_sql(EVE).execute(&mut *transaction).await.map(|_| ());
        let bo = sqlx::raw_sql(BO).execute(&mut *transaction).await.map(|_| ());
        (eve.expect_err("it is Ada's address"), bo, transaction.commit().await)
    }};
}

// ANCHOR: commit
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn commit_after_a_failed_statement_is_ok_and_keeps_nothing() {
    let (scratch, postgres) = (Scratch::new(), Postgres::empty().await);

    let (_, bo, committed) = ada_eve_and_bo!(scratch.pool());
    assert!(bo.is_ok(), "SQLite undoes the statement, and no more: {bo:?}");
    assert!(committed.is_ok(), "{committed:?}");
    let kept: i64 =
        sqlx::query_scalar(USERS).fetch_one(&scratch.pool()).await.unwrap();
    assert_eq!(kept, 2, "SQLite keeps Ada and Bo");

    let (_, bo, committed) = ada_eve_and_bo!(postgres.pool());
    let bo = said(bo.expect_err("PostgreSQL undoes the transaction"));
    assert!(bo.starts_with("current transaction is aborted"), "{bo}");
    assert!(committed.is_ok(), "and does not say so here: {committed:?}");
    assert_eq!(count(postgres.pool(), USERS).await, 0, "it keeps nobody");
}
// ANCHOR_END: commit

// ANCHOR: names
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn constraint_has_a_name_on_postgresql_and_a_number_on_sqlite() {
    let (scratch, postgres) = (Scratch::new(), Postgres::empty().await);

    let (eve, _, _) = ada_eve_and_bo!(scratch.pool());
    let eve = eve.into_database_error().expect("the database refused it");
    assert_eq!((eve.constraint(), eve.code().as_deref()), (None, Some("2067")));

    let (eve, _, _) = ada_eve_and_bo!(postgres.pool());
    let eve = eve.into_database_error().expect("the database refused it");
    assert_eq!(
        (eve.constraint(), eve.code().as_deref()),
        (Some("users_email_key"), Some("23505")),
        "23505 is for every unique constraint, the primary key too"
    );
}
// ANCHOR_END: names

// ANCHOR: savepoint
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn savepoint_limits_the_rollback() {
    let postgres = Postgres::empty().await;
    let mut transaction = postgres.pool().begin().await.expect("a transaction");
    sqlx::raw_sql(ADA).execute(&mut *transaction).await.expect("Ada is new");

    let mut savepoint = transaction.begin().await.expect("a savepoint");
    let eve = sqlx::raw_sql(EVE).execute(&mut *savepoint).await;
    eve.expect_err("it is Ada's address");
    savepoint.rollback().await.expect("back to the savepoint");

    sqlx::raw_sql(BO).execute(&mut *transaction).await.expect("Bo is new");
    transaction.commit().await.expect("a commit");
    assert_eq!(count(postgres.pool(), USERS).await, 2, "Ada and Bo");
}
// ANCHOR_END: savepoint

/// How many users there are before and after Bo signs up, in the middle of a transaction that began so.
macro_rules! before_and_after_bo {
    ($pool:expr, $begin:expr) => {{
        let mut reads = $pool.begin_with($begin).await.expect("a transaction");
        let first = sqlx::query_scalar(USERS).fetch_one(&mut *reads).await;
        sqlx::raw_sql(BO).execute($pool).await.expect("Bo is new");
        let second = sqlx::query_scalar(USERS).fetch_one(&mut *reads).await;
        (first.expect("a number"), second.expect("a number"))
    }};
}

// ANCHOR: moments
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn plain_transaction_sees_one_moment_on_sqlite_and_several_on_postgresql() {
    let scratch = Scratch::new();
    let seen: (i64, i64) = before_and_after_bo!(&scratch.pool(), "BEGIN");
    assert_eq!(seen, (0, 0), "SQLite shows what was there when it began to read");

    let postgres = Postgres::empty().await;
    let seen: (i64, i64) = before_and_after_bo!(postgres.pool(), "BEGIN");
    assert_eq!(seen, (0, 1), "PostgreSQL shows to each query what is there now");

    let postgres = Postgres::empty().await;
    let one_moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    let seen: (i64, i64) = before_and_after_bo!(postgres.pool(), one_moment);
    assert_eq!(seen, (0, 0), "unless it is asked for one moment");
}
// ANCHOR_END: moments

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn begin_immediate_is_a_syntax_error() {
    let postgres = Postgres::empty().await;

    let begun = postgres.pool().begin_with("BEGIN IMMEDIATE").await.map(|_| ());

    let refused = begun.expect_err("it is no SQL of PostgreSQL");
    assert_eq!(said(refused), "syntax error at or near \"IMMEDIATE\"");
}

// ANCHOR: order
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn language_and_bytes_sort_letters_differently() {
    let postgres = Postgres::empty().await;
    let people = "SELECT count(*) WHERE 'a' < 'Z' COLLATE \"en-x-icu\"";
    let bytes = "SELECT count(*) WHERE 'a' < 'Z' COLLATE \"C\"";

    assert_eq!(count(postgres.pool(), people).await, 1, "a comes before Z");
    assert_eq!(count(postgres.pool(), bytes).await, 0, "Z is 0x5A, and a is 0x61");
}
// ANCHOR_END: order

// ANCHOR: timeout
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn statement_times_out_after_5_s_and_migration_does_not() {
    let postgres = Postgres::empty().await;
    let timeout = "SHOW statement_timeout";
    let of_the_service: String =
        sqlx::query_scalar(timeout).fetch_one(postgres.pool()).await.unwrap();
    let mut other = PgConnection::connect(postgres.url()).await.unwrap();
    let of_others: String =
        sqlx::query_scalar(timeout).fetch_one(&mut other).await.unwrap();

    assert_eq!((&*of_the_service, &*of_others), ("5s", "0"));
}
// ANCHOR_END: timeout
