//! PostgreSQL: a pool of connections to a server, the migrations that bring its database up to date, and a module for each
//! table or two.

mod catalogue;
mod orders;
mod users;

pub use catalogue::PostgresCatalogue;
pub use orders::PostgresOrders;
pub use users::PostgresUsers;

use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

// ANCHOR: migrations
/// The files in `migrations-postgres/`, in the order of their numbers. They are part of the program.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations-postgres");
// ANCHOR_END: migrations

// ANCHOR: pool
/// A pool of connections. Each is opened when a query first needs it. A statement that takes longer than five seconds is
/// ended, also one that waits for its turn.
pub fn pool(options: PgConnectOptions) -> PgPool {
    let options = options.options([("statement_timeout", "5s")]);
    PgPoolOptions::new().max_connections(10).connect_lazy_with(options)
}
// ANCHOR_END: pool

// ANCHOR: open
/// A pool on a database that has all migrations.
///
/// # Errors
/// When the server does not answer, lets nobody in, or its database has had other migrations than these.
pub async fn open(options: PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    // A migration may take its time.
    let mut connection = PgConnection::connect_with(&options).await?;
    MIGRATIONS.run(&mut connection).await?;
    connection.close().await?;
    Ok(pool(options))
}
// ANCHOR_END: open
