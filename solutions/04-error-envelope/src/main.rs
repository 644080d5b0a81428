//! Serves the order desk on 127.0.0.1, port 3000 or the one in `PORT`.

use std::{env, error::Error};

use error_envelope::{AppState, app};
use tokio::net::TcpListener;

// ANCHOR: main
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // ANCHOR: log
    tracing_subscriber::fmt().init();
    // ANCHOR_END: log
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
    println!("  curl -i http://{address}/products");
    println!("  curl -i http://{address}/nowhere");

    axum::serve(listener, app(AppState::default())).await?;
    Ok(())
}
// ANCHOR_END: main
