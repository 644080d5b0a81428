//! PostgreSQL: a pool of connections to a server, the migrations that bring its database up to date, and a module for each
//! table or two.

mod catalogue;
mod orders;
mod users;

pub use catalogue::PostgresCatalogue;
pub use orders::PostgresOrders;
pub use users::PostgresUsers;

use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

// ANCHOR: migrations
/// The files in `migrations-postgres/`, in the order of their numbers. They are part of the program.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations-postgres");
// ANCHOR_END: migrations

/// A pool of connections. Each is opened when a query first needs it.
pub fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new().max_connections(10).connect_lazy_with(options)
}

// ANCHOR: open
/// A pool on a database that has all migrations.
///
/// # Errors
/// When the server does not answer, lets nobody in, or its database has had other migrations than these.
pub async fn open(options: PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    let pool = pool(options);
    MIGRATIONS.run(&pool).await?;
    Ok(pool)
}
// ANCHOR_END: open
