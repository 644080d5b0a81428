//! What a client can rely on, one module for each feature.

use axum::Router;
use error_envelope::AppState;

mod errors;
mod health;
mod products;
mod state;
mod users;

/// The service as a test starts it: with nobody in it.
fn app() -> Router {
    error_envelope::app(AppState::default())
}
