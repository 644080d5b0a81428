//! Users: sign up, read, change. Their code is still in `lib.rs`; this is where it
//! belongs.

use axum::{Router, extract::FromRef};

/// The users of one service, by their id. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct UserStore {}

/// The routes of this feature, for every state that has a [`UserStore`] in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    UserStore: FromRef<S>,
{
    Router::new()
}
