// Caught by: structure::http_and_adapters_meet_in_main_alone
use std::{env, error::Error, path::Path};

use composition_root::{
    AppState,
    adapters::{sqlite, wiring},
    app,
};
use sqlx::SqlitePool;
use tokio::net::TcpListener;
/// Serves the order desk on 127.0.0.1, port 3000 or the one in `PORT`. What it knows
/// is in `order-desk.db` in the current folder, or in the file that `DATABASE_FILE`
/// names.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().init();
    let file = env::var_os("DATABASE_FILE").unwrap_or("order-desk.db".into());
    let pool = sqlite::open(sqlite::options(Path::new(&file))).await?;
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
    axum::serve(listener, app(on_sqlite(pool))).await?;
    Ok(())
}
/// The order desk with all that it knows in the database of this pool.
fn on_sqlite(pool: SqlitePool) -> AppState {
    wiring::on_sqlite(pool)
}
