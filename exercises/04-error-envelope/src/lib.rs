//! The order desk, chapter 4: whatever it refuses, it refuses in one format. Users do not yet.

pub mod error;
pub mod extract;
pub mod health;
pub mod products;
pub mod state;
pub mod users;

use axum::Router;

pub use state::AppState;

// ANCHOR: app
/// The whole service on this state. Two apps share what their states share, and nothing else.
pub fn app(state: AppState) -> Router {
    Router::new()
        .merge(health::router())
        .merge(products::router())
        .merge(users::router())
        .with_state(state)
}
// ANCHOR_END: app
