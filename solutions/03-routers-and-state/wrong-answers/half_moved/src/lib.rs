// Caught by: state::the_users_router_works_alone_on_a_store_of_its_own
//! The order desk, chapter 3: a router for each feature, and one state that is handed to all of them.

pub mod health;
pub mod products;
pub mod state;
pub mod users;

use axum::Router;

pub use state::AppState;

/// The whole service on this state. Two apps share what their states share, and nothing else.
pub fn app(state: AppState) -> Router {
    Router::new()
        .merge(health::router())
        .merge(products::router())
        .merge(users::router())
        .route("/staff/users/{id}", axum::routing::get(users::get_user_for_staff))
        .with_state(state)
}
