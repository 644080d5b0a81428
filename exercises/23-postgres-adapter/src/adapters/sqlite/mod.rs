//! SQLite: one file, one pool of connections, the migrations that bring the file up to date, and a module for each table
//! or two.

mod catalogue;
mod orders;
mod users;

pub use catalogue::SqliteCatalogue;
pub use orders::SqliteOrders;
pub use users::SqliteUsers;

use std::{path::Path, time::Duration};

use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

// ANCHOR: migrations
/// The files in `migrations/`, in the order of their numbers. They are part of the program.
static MIGRATIONS: Migrator = sqlx::migrate!();
// ANCHOR_END: migrations

// ANCHOR: options
/// How each connection opens this file. A file that is not there is made.
pub fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
}
// ANCHOR_END: options

// ANCHOR: pool
/// A pool of connections. Each is opened when a query first needs it.
pub fn pool(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new().max_connections(5).connect_lazy_with(options)
}
// ANCHOR_END: pool

// ANCHOR: open
/// A pool on a database that has all migrations.
///
/// # Errors
/// When the file cannot be opened, is no database, or has had other migrations than these.
pub async fn open(
    options: SqliteConnectOptions,
) -> Result<SqlitePool, sqlx::Error> {
    let pool = pool(options);
    MIGRATIONS.run(&pool).await?;
    Ok(pool)
}
// ANCHOR_END: open
