// Caught by: structure::http_and_adapters_meet_in_main_alone
//! Puts the order desk together.

use std::sync::Arc;

use sqlx::SqlitePool;

use crate::{
    adapters::{
        sqlite::{SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::{RandomIds, SystemClock},
    },
    application::OrderDesk,
};

/// The order desk with all that it knows in the database of this pool.
pub fn order_desk(pool: &SqlitePool) -> OrderDesk {
    OrderDesk::new(
        Arc::new(SqliteUsers::new(pool.clone())),
        Arc::new(SqliteOrders::new(pool.clone())),
        Arc::new(SqliteCatalogue::new(pool.clone())),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    )
}
