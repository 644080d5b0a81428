//! The page's example of a transaction: a shelf with bags on it.

use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};

// ANCHOR: take
/// Takes a bag from the shelf. `false`: there was none.
async fn take_a_bag(pool: &SqlitePool) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let bags: i64 = sqlx::query_scalar("SELECT bags FROM shelf")
        .fetch_one(&mut *transaction)
        .await?;
    if bags == 0 {
        return Ok(false);
    }
    sqlx::query("UPDATE shelf SET bags = ?")
        .bind(bags - 1)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}
// ANCHOR_END: take

#[tokio::main]
async fn main() -> Result<(), sqlx::Error> {
    // In memory, on one connection.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect("sqlite::memory:")
        .await?;
    sqlx::raw_sql("CREATE TABLE shelf (bags INTEGER NOT NULL); INSERT INTO shelf (bags) VALUES (1);")
        .execute(&pool)
        .await?;
    println!("{} {}", take_a_bag(&pool).await?, take_a_bag(&pool).await?);
    Ok(())
}
