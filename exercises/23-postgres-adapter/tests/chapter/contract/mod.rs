//! The contract of the repositories, asked of one adapter more.

#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/users.rs"]
mod users;
#[path = "../../../../22-unique-email/tests/chapter/contract/addresses.rs"]
mod addresses;
#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/orders.rs"]
mod orders;
mod products;

use std::sync::Arc;

use sqlx::PgPool;

use crate::{
    desk::adapters::postgres::{PostgresOrders, PostgresUsers},
    postgres::Postgres,
};
pub use crate::{postgres_alone::every_adapter, repositories::Kept};

// ANCHOR: postgres
async fn postgres() -> Kept {
    let postgres = Postgres::empty().await;
    let kept = on_postgres(postgres.pool());
    Kept { _scratch: Some(Arc::new(postgres)), ..kept }
}
// ANCHOR_END: postgres

/// The repositories of this database.
pub fn on_postgres(pool: &PgPool) -> Kept {
    Kept {
        users: Arc::new(PostgresUsers::new(pool.clone())),
        orders: Arc::new(PostgresOrders::new(pool.clone())),
        _scratch: None,
    }
}
