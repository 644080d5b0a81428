//! The adapters put the service together.

use std::sync::Arc;

use sqlx::SqlitePool;

use super::{
    sqlite::{SqliteCatalogue, SqliteOrders, SqliteUsers},
    system::{RandomIds, SystemClock},
};
use crate::{
    application::{Accounts, OrderDesk},
    http::AppState,
};

/// The order desk with all that it knows in the database of this pool.
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
