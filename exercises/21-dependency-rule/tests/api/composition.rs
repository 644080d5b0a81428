//! The tests' composition root. The program has its own, in `main.rs`.

use std::sync::Arc;

use dependency_rule::{
    AppState,
    adapters::{
        sqlite::{SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::{RandomIds, SystemClock},
    },
    application::{Accounts, OrderDesk},
};
use sqlx::SqlitePool;

// ANCHOR: on_sqlite
/// The order desk as the program has it, with all that it knows in the database of this pool.
pub fn on_sqlite(pool: SqlitePool) -> AppState {
    let users = Arc::new(SqliteUsers::new(pool.clone()));
    let orders = Arc::new(SqliteOrders::new(pool.clone()));
    let catalogue = Arc::new(SqliteCatalogue::new(pool.clone()));
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(users, orders, catalogue, clock, ids),
        products: pool,
    }
}
// ANCHOR_END: on_sqlite
