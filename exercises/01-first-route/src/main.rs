//! Serves the order desk on 127.0.0.1, port 3000 or the one in `PORT`.

use std::{env, error::Error};

use first_route::app;
use tokio::net::TcpListener;

// ANCHOR: main
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = env::var("PORT").as_deref().unwrap_or("3000").parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;

    println!("The order desk listens on http://{address}. Try:");
    println!("  curl -i http://{address}/health");

    axum::serve(listener, app()).await?;
    Ok(())
}
// ANCHOR_END: main
