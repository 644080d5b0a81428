//! A thousand times, two want the same address at the same moment: once where the service asks and then inserts, and once
//! where the database has the last word. Real SQLite, a file in a temporary folder.
//!
//! `cargo run --release -p unique-email-solution --example a_thousand_races`

use std::{error::Error, sync::Arc};

use sqlx::SqlitePool;
use tempfile::TempDir;
use tokio::sync::Barrier;
use unique_email::adapters::sqlite;
use uuid::Uuid;

const RACES: usize = 1000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = TempDir::new()?;
    let pool =
        sqlite::open(sqlite::options(&folder.path().join("races.db"))).await?;
    sqlx::raw_sql(
        "CREATE TABLE accounts (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL) STRICT",
    )
    .execute(&pool)
    .await?;

    let twice = races(&pool, false).await?;
    println!("find, then insert: {twice} of {RACES} addresses have two accounts");

    sqlx::raw_sql(
        "DELETE FROM accounts; CREATE UNIQUE INDEX accounts_by_email ON accounts (email)",
    )
    .execute(&pool)
    .await?;
    let twice = races(&pool, true).await?;
    println!("with the constraint: {twice} of {RACES} addresses have two accounts");
    Ok(())
}

/// How many of the races both have won.
async fn races(
    pool: &SqlitePool,
    constraint: bool,
) -> Result<usize, Box<dyn Error>> {
    let mut twice = 0;
    for race in 0..RACES {
        let barrier = Arc::new(Barrier::new(2));
        let email = format!("{race}@beans.example");
        let one =
            tokio::spawn(register(pool.clone(), email.clone(), barrier.clone()));
        let other = tokio::spawn(register(pool.clone(), email, barrier));
        let won = [one.await?, other.await?];
        if !constraint {
            assert!(won.iter().all(Result::is_ok), "nothing refuses: {won:?}");
        }
        twice += usize::from(won.iter().all(Result::is_ok));
        assert!(won.iter().any(Result::is_ok), "one always wins: {won:?}");
    }
    Ok(twice)
}

// ANCHOR: register
/// Asks, meets the other at the barrier, and inserts if nobody had the address when it asked.
async fn register(
    pool: SqlitePool,
    email: String,
    barrier: Arc<Barrier>,
) -> Result<(), sqlx::Error> {
    let taken: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM accounts WHERE email = ?)",
    )
    .bind(&email)
    .fetch_one(&pool)
    .await?;
    barrier.wait().await;
    if taken {
        return Err(sqlx::Error::RowNotFound);
    }
    sqlx::query("INSERT INTO accounts (id, email) VALUES (?, ?)")
        .bind(Uuid::now_v7().to_string())
        .bind(email)
        .execute(&pool)
        .await?;
    Ok(())
}
// ANCHOR_END: register
