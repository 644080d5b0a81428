//! What drives the service: requests.

pub mod error;
pub mod extract;
pub mod health;
pub mod orders;
pub mod page;
pub mod products;
pub mod state;
pub mod users;

use axum::Router;

use error::with_error_envelope;
pub use state::AppState;

// ANCHOR: app
/// The whole service on this state. Two apps share what their states share, and nothing else.
pub fn app(state: AppState) -> Router {
    let routes = Router::new()
        .merge(health::router())
        .merge(orders::router())
        .merge(products::router())
        .merge(users::router())
        .with_state(state);
    with_error_envelope(routes)
}
// ANCHOR_END: app
