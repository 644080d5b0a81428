use std::{
    env::{self, VarError},
    error::Error,
    path::Path,
    sync::Arc,
};

use postgres_adapter::{
    AppState,
    adapters::{
        postgres::{self, PostgresCatalogue, PostgresOrders, PostgresUsers},
        sqlite::{self, SqliteCatalogue, SqliteOrders, SqliteUsers},
        system::{RandomIds, SystemClock},
    },
    app,
    application::{Accounts, OrderDesk},
};
use sqlx::{PgPool, SqlitePool};
use tokio::net::TcpListener;

// ANCHOR: main
/// Serves the order desk on 127.0.0.1, port 3000 or the one in `PORT`. What it knows
/// is in the PostgreSQL database that `DATABASE_URL` names; without it, in the file
/// that `DATABASE_FILE` names, or in `order-desk.db` in the current folder.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // ANCHOR: log
    tracing_subscriber::fmt().init();
    // ANCHOR_END: log
    // ANCHOR: database
    let state = match env::var("DATABASE_URL") {
        Ok(url) => on_postgres(postgres::open(url.parse()?).await?),
        Err(VarError::NotPresent) => {
            let file =
                env::var_os("DATABASE_FILE").unwrap_or("order-desk.db".into());
            on_sqlite(sqlite::open(sqlite::options(Path::new(&file))).await?)
        }
        Err(error) => return Err(error.into()),
    };
    // ANCHOR_END: database
    let port: u16 = env::var("PORT").as_deref().unwrap_or("3000").parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;

    println!("The order desk listens on http://{address}. Try:");
    println!("  curl -i http://{address}/health");
    println!(
        "  curl -i http://{address}/users --json '{{\"email\": \"ada@beans.example\", \"name\": \"Ada\"}}'"
    );
    println!("  curl -i http://{address}/users/ID");
    println!(
        "  curl -i http://{address}/users/ID -X PATCH --json '{{\"phone\": null}}'"
    );
    println!("  curl -i 'http://{address}/staff/users?email=ada@beans.example'");
    println!("  curl -i http://{address}/staff/users/ID");
    println!("  curl -i http://{address}/staff/users/ID/deactivate -X POST");
    println!(
        "  curl -i http://{address}/products --json '{{\"sku\": \"tea\", \"name\": \"Tea\", \"price_cents\": 400}}'"
    );
    println!("  curl -i 'http://{address}/products?limit=2'");
    println!("  curl -i http://{address}/products/tea");
    println!("  curl -i http://{address}/products/tea -X DELETE");
    println!(
        "  curl -i http://{address}/orders --json '{{\"customer_id\": \"ID\", \"items\": [{{\"sku\": \"tea\", \"quantity\": 2}}]}}'"
    );
    println!(
        "  curl -i http://{address}/staff/orders --json '{{\"customer_id\": \"ID\", \"items\": [{{\"sku\": \"tea\", \"quantity\": 2}}]}}'"
    );
    println!("  curl -i http://{address}/orders/ID");
    println!("  curl -i http://{address}/orders/ID/repeat -X POST");
    println!("  curl -i http://{address}/orders/ID/cancel -X POST");
    println!("  curl -i http://{address}/users/ID/orders");
    println!("  curl -i http://{address}/nowhere");

    // ANCHOR: serve
    axum::serve(listener, app(state)).await?;
    // ANCHOR_END: serve
    Ok(())
}
// ANCHOR_END: main

// ANCHOR: wiring
/// The order desk with all that it knows in the database of this pool.
fn on_sqlite(pool: SqlitePool) -> AppState {
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
// ANCHOR_END: wiring

/// The order desk with all that it knows in the PostgreSQL database of this pool.
fn on_postgres(pool: PgPool) -> AppState {
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
