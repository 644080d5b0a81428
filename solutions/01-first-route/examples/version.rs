//! Another service of one route, for the page.

// ANCHOR: version
use axum::{Json, Router, routing::get};
use serde::Serialize;

fn app() -> Router {
    Router::new().route("/version", get(version))
}

#[derive(Serialize)]
struct Version {
    number: &'static str,
}

async fn version() -> Json<Version> {
    Json(Version { number: "1.0" })
}
// ANCHOR_END: version

fn main() {
    println!("{:?}", app());
}
