//! The contract of the repositories: what every adapter keeps, whatever is behind
//! it. One function for each rule.

mod evil;
pub mod orders;
pub mod users;

use std::sync::Arc;

use clock_and_ids::{
    adapters::{
        in_memory::{InMemoryOrders, InMemoryUsers},
        sqlite::{SqliteOrders, SqliteUsers},
    },
    application::ports::{OrderRepository, UserRepository},
};
use rstest_reuse::template;
use sqlx::SqlitePool;

use crate::Scratch;

// ANCHOR: adapters
/// Repositories of one adapter, with nothing in them.
#[derive(Debug)]
pub struct Kept {
    pub users: Arc<dyn UserRepository>,
    pub orders: Arc<dyn OrderRepository>,
    /// What goes when the test is over.
    _scratch: Option<Scratch>,
}

pub async fn in_memory() -> Kept {
    Kept {
        users: Arc::new(InMemoryUsers::default()),
        orders: Arc::new(InMemoryOrders::default()),
        _scratch: None,
    }
}

async fn sqlite() -> Kept {
    let scratch = Scratch::new();
    Kept { _scratch: Some(scratch.clone()), ..on(&scratch.pool()) }
}

/// The repositories of this database.
pub fn on(pool: &SqlitePool) -> Kept {
    Kept {
        users: Arc::new(SqliteUsers::new(pool.clone())),
        orders: Arc::new(SqliteOrders::new(pool.clone())),
        _scratch: None,
    }
}

/// Each rule is tested for each of these.
#[template]
#[export]
#[rstest]
#[case::in_memory(in_memory())]
#[case::sqlite(sqlite())]
#[tokio::test]
async fn every_adapter(
    #[future(awt)]
    #[case]
    kept: Kept,
) {
}
// ANCHOR_END: adapters
