//! How long it takes to ask whether a deactivated user may order: with a database file, and without.

use std::{
    error::Error,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use repository_port::{
    adapters::{
        in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
        sqlite::{self, SqliteCatalogue, SqliteOrders, SqliteUsers},
    },
    application::{
        Accounts, OrderDesk, PlaceOrder, PlaceOrderError, RegisterUser,
        ports::UserRepository,
    },
    domain::{CustomerId, Name},
};
use sqlx::sqlite::SqliteSynchronous;
use tempfile::TempDir;

const ROUNDS: u32 = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let with = with_a_database().await?;
    let without = without().await?;
    println!("with a database     {:8.3} ms", millis(with));
    println!("without             {:8.3} ms", millis(without));
    Ok(())
}

/// As the tests of chapter 16: a file of its own for each round, with all migrations, and no commit waits for the disk.
async fn with_a_database() -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let folder = TempDir::new()?;
        let file = folder.path().join("order-desk.db");
        let options = sqlite::options(Path::new(&file));
        let pool =
            sqlite::open(options.synchronous(SqliteSynchronous::Off)).await?;
        let users = Arc::new(SqliteUsers::new(pool.clone()));
        let orders = Arc::new(SqliteOrders::new(pool.clone()));
        let catalogue = Arc::new(SqliteCatalogue::new(pool.clone()));
        refused(users.clone(), OrderDesk::new(users, orders, catalogue)).await?;
        pool.close().await;
    }
    Ok(start.elapsed() / ROUNDS)
}

async fn without() -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let users = Arc::new(InMemoryUsers::default());
        let orders = Arc::new(InMemoryOrders::default());
        let catalogue = Arc::new(InMemoryCatalogue::default());
        refused(users.clone(), OrderDesk::new(users, orders, catalogue)).await?;
    }
    Ok(start.elapsed() / ROUNDS)
}

/// Ada opens an account, is deactivated, and cannot order.
async fn refused(
    users: Arc<dyn UserRepository>,
    desk: OrderDesk,
) -> Result<(), Box<dyn Error>> {
    let accounts = Accounts::new(users);
    let email = "ada@beans.example".parse()?;
    let wanted = RegisterUser { email, name: Name::new("Ada")?, phone: None };
    let ada = accounts.register(wanted).await?;
    accounts.deactivate(ada.id()).await?;
    let order = PlaceOrder { customer: CustomerId::of(ada.id()), lines: vec![] };
    match desk.place(order).await {
        Err(PlaceOrderError::Deactivated) => Ok(()),
        other => Err(format!("she is deactivated: {other:?}").into()),
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
