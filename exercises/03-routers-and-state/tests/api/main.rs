//! What a client can rely on, one module for each feature.

use axum::Router;
use routers_and_state::AppState;

mod health;
mod products;
mod state;
mod users;

/// The service as a test starts it: with nobody in it.
fn app() -> Router {
    routers_and_state::app(AppState::default())
}
