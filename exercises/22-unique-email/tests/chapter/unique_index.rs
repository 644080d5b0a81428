//! What the unique index does, and which databases it can be made in.

use std::time::Duration;

use crate::desk::{adapters::sqlite, application::ports::InsertUserError};
use rstest::rstest;
use sqlx::SqlitePool;
use testkit::{get, send};

use crate::{
    repositories::on,
    samples_of_orders::user,
    service::{Scratch, app_on},
    sql::{assert_says, count, run},
    storage_errors::registering,
};

// ANCHOR: lookup
#[tokio::test]
async fn email_is_looked_up_in_the_unique_index() {
    let scratch = Scratch::new();
    let pool = scratch.pool();

    let index: Vec<(bool, bool, String)> = sqlx::query_as(
        r#"SELECT list."unique", list.partial, info.name
           FROM pragma_index_list('users') list, pragma_index_info(list.name) info
           WHERE list.name = 'users_by_email'"#,
    )
    .fetch_all(&pool)
    .await
    .expect("what the index is");
    let (.., plan): (i64, i64, i64, String) = sqlx::query_as(
        "EXPLAIN QUERY PLAN SELECT name FROM users WHERE email = 'ada@beans.example'",
    )
    .fetch_one(&pool)
    .await
    .expect("a plan");

    assert_eq!(
        index,
        [(true, false, "email".to_owned())],
        "`users_by_email` is unique, for all rows, and of the column `email`"
    );
    assert!(
        plan.starts_with("SEARCH") && plan.contains("users_by_email"),
        "the address is looked up in it: {plan}"
    );
}
// ANCHOR_END: lookup

// ANCHOR: rival
#[tokio::test]
async fn email_taken_during_the_insert_is_email_taken() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    // Before a row is inserted, a rival inserts one with this address. So whoever looked
    // first saw nothing.
    run(
        &pool,
        "CREATE TRIGGER rival BEFORE INSERT ON users WHEN NEW.name <> 'rival' BEGIN
             INSERT INTO users (id, email, name, staff_note)
             VALUES ('01a20add-4264-76c5-b3a7-83fd3964575d', NEW.email, 'rival', '');
         END;",
    )
    .await;

    let ada = on(&pool).users.insert(&user(1, "Ada")).await;

    assert!(
        matches!(ada, Err(InsertUserError::EmailTaken)),
        "the database refused it because the address is taken: {ada:?}"
    );
    let names: Vec<String> = sqlx::query_scalar("SELECT name FROM users")
        .fetch_all(&pool)
        .await
        .expect("names");
    assert!(!names.contains(&"Ada".to_owned()), "and Ada is not kept: {names:?}");
}
// ANCHOR_END: rival

// ANCHOR: text
#[rstest]
#[case::in_the_words_of_a_taken_email(
    "CREATE TRIGGER liar BEFORE INSERT ON users BEGIN
         SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email');
     END;",
    "UNIQUE constraint failed: users.email"
)]
#[case::in_the_words_of_a_taken_id(
    "CREATE TRIGGER liar BEFORE INSERT ON users BEGIN
         SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.id');
     END;",
    "UNIQUE constraint failed: users.id"
)]
#[case::by_a_check_of_the_email(
    "ALTER TABLE users ADD COLUMN checked TEXT CHECK (email NOT LIKE '%@beans.example');",
    "CHECK constraint failed: email NOT LIKE '%@beans.example'"
)]
// FAIL leaves the rival's row, so whoever asks now hears that the address is taken.
#[case::while_a_rival_takes_the_email(
    "CREATE TRIGGER full BEFORE INSERT ON users WHEN NEW.name <> 'rival' BEGIN
         INSERT INTO users (id, email, name, staff_note)
         VALUES ('01a20add-4264-76c5-b3a7-83fd3964575d', NEW.email, 'rival', '');
         SELECT RAISE(FAIL, 'the disk is full');
     END;",
    "the disk is full"
)]
#[tokio::test]
async fn refusal_for_another_reason_is_a_storage_failure(
    #[case] refusal: &'static str,
    #[case] says: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    run(&pool, refusal).await;

    let eve = on(&pool).users.insert(&user(1, "Eve")).await;

    assert_says(registering(eve), says);
    let eves = "SELECT count(*) FROM users WHERE name = 'Eve'";
    assert_eq!(count(&pool, eves).await, 0, "and Eve is not kept");
}
// ANCHOR_END: text

#[tokio::test]
async fn busy_database_is_a_storage_failure() {
    let scratch = Scratch::new();
    let writer = scratch.pool();
    let writing = writer.begin_with("BEGIN IMMEDIATE").await.expect("it can write");
    let impatient = sqlite::pool(scratch.options().busy_timeout(Duration::ZERO));

    let eve = on(&impatient).users.insert(&user(1, "Eve")).await;

    assert_says(registering(eve), "database is locked");
    writing.rollback().await.expect("it has written nothing");
}

#[tokio::test]
async fn email_is_looked_up_as_it_is_kept() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let ada = user(1, "Ada");
    let kept = on(&pool).with_users([&ada]).await;
    // Nobody but another program writes it so, and the index has it so.
    run(&pool, "UPDATE users SET email = upper(email)").await;

    let found = kept.users.find_by_email(ada.email()).await;

    assert!(
        matches!(found, Ok(None)),
        "the index has other letters, and all is read where they do not count: {found:?}"
    );
}

/// A database as chapter 21 left it, with these two users in it.
async fn before(pool: &SqlitePool, emails: [&str; 2]) {
    run(
        pool,
        "DROP INDEX IF EXISTS users_by_email; DELETE FROM _sqlx_migrations WHERE version = 7;",
    )
    .await;
    for (id, email) in IDS.into_iter().zip(emails) {
        sqlx::query(
            "INSERT INTO users (id, email, name, staff_note) VALUES (?, ?, 'Ada', '')",
        )
        .bind(id)
        .bind(email)
        .execute(pool)
        .await
        .expect("chapter 21 lets anything in");
    }
}

const IDS: [&str; 2] = [
    "01a20add-41fd-77b4-9a14-b73987763797",
    "01a20add-4264-76c5-b3a7-83fd3964575d",
];

async fn emails(pool: &SqlitePool) -> Vec<String> {
    sqlx::query_scalar("SELECT email FROM users ORDER BY id")
        .fetch_all(pool)
        .await
        .expect("the table is there")
}

/// All that is kept of the users, but for their addresses.
async fn beside_emails(pool: &SqlitePool) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT printf('%s %s %s %s %d', id, name, phone, staff_note, active)
         FROM users ORDER BY id",
    )
    .fetch_all(pool)
    .await
    .expect("the table is there")
}

/// What the page gives to find them.
async fn found(pool: &SqlitePool) -> Vec<String> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as(include_str!("twins.sql"))
            .fetch_all(pool)
            .await
            .expect("the query runs");
    rows.into_iter().map(|(_, email, _)| email).collect()
}

// ANCHOR: twins
#[tokio::test]
async fn migration_stops_at_duplicate_emails() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let twins = ["ada@beans.example", "Ada@Beans.example"];
    before(&pool, twins).await;
    run(
        &pool,
        "UPDATE users SET active = FALSE
         WHERE id = '01a20add-4264-76c5-b3a7-83fd3964575d'",
    )
    .await;

    let refused = sqlite::open(scratch.options()).await;

    let error = refused.expect_err("nobody can say which of the two it is");
    assert_eq!(
        format!("Error: {error:?}"),
        r#"Error: Migrate(ExecuteMigration(Database(SqliteError { code: 2067, message: "UNIQUE constraint failed: users.email" }), 7))"#
    );
    assert_eq!(emails(&pool).await, twins, "all is as it was");
    let of_the_migration =
        "SELECT (SELECT count(*) FROM sqlite_schema WHERE name = 'users_by_email')
        + (SELECT count(*) FROM _sqlx_migrations WHERE version = 7)";
    assert_eq!(count(&pool, of_the_migration).await, 0, "without the index");
    assert_eq!(found(&pool).await, twins, "and this finds them");

    run(
        &pool,
        "UPDATE users SET email = 'ada.l@beans.example'
         WHERE id = '01a20add-4264-76c5-b3a7-83fd3964575d'",
    )
    .await;

    sqlite::open(scratch.options()).await.expect("now it starts");
    let apart = ["ada@beans.example", "ada.l@beans.example"];
    assert_eq!(emails(&pool).await, apart, "and nobody is lost");
}
// ANCHOR_END: twins

#[tokio::test]
async fn query_for_duplicates_lists_other_letters_too() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    before(&pool, ["ada@beans.example", "\u{d6}zge@beans.example"]).await;

    assert_eq!(found(&pool).await, ["\u{d6}zge@beans.example"]);
}

#[tokio::test]
async fn migration_writes_emails_in_small_letters() {
    let scratch = Scratch::new();
    before(&scratch.pool(), [" Ada@Beans.example", "bo@beans.example"]).await;
    run(
        &scratch.pool(),
        "UPDATE users SET active = FALSE, phone = '1', staff_note = 'Pays late'
         WHERE email LIKE '%Ada%'",
    )
    .await;
    let others = beside_emails(&scratch.pool()).await;

    let pool = sqlite::open(scratch.options()).await.expect("the migration runs");

    assert_eq!(beside_emails(&pool).await, others, "and writes nothing else");
    let app = app_on(pool);
    let found = send(&app, get("/staff/users?email=ada@beans.example")).await;
    assert_eq!(found.status, 200, "{}", found.body);
}

#[tokio::test]
async fn migration_makes_no_table_view_or_trigger() {
    let scratch = Scratch::new();

    let made: Vec<String> = sqlx::query_scalar(
        "SELECT type || ' ' || name FROM sqlite_schema WHERE type <> 'index' ORDER BY name",
    )
    .fetch_all(&scratch.pool())
    .await
    .expect("what is in the database");

    let before = ["_sqlx_migrations", "order_items", "orders", "products", "users"]
        .map(|name| format!("table {name}"));
    assert_eq!(made, before, "what the chapters before made, and an index");
}
