//! The tests' composition root. The program has its own, in `main.rs`.

use std::sync::Arc;

use postgres_adapter::{
    AppState,
    adapters::{
        postgres::{PostgresCatalogue, PostgresOrders, PostgresUsers},
        sqlite::{SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::{RandomIds, SystemClock},
    },
    application::{Accounts, OrderDesk},
};
use sqlx::{PgPool, SqlitePool};

// ANCHOR: on_sqlite
/// The order desk as the program has it, with all that it knows in the database of this pool.
pub fn on_sqlite(pool: SqlitePool) -> AppState {
    let users = Arc::new(SqliteUsers::new(pool.clone()));
    let orders = Arc::new(SqliteOrders::new(pool.clone()));
    let catalogue = Arc::new(SqliteCatalogue::new(pool));
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(users, orders, catalogue.clone(), clock, ids),
        products: catalogue,
    }
}
// ANCHOR_END: on_sqlite

// ANCHOR: on_postgres
/// The same order desk, with all that it knows in the PostgreSQL database of this pool.
pub fn on_postgres(pool: PgPool) -> AppState {
    let users = Arc::new(PostgresUsers::new(pool.clone()));
    let orders = Arc::new(PostgresOrders::new(pool.clone()));
    let catalogue = Arc::new(PostgresCatalogue::new(pool));
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(users, orders, catalogue.clone(), clock, ids),
        products: catalogue,
    }
}
// ANCHOR_END: on_postgres
