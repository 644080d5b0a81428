//! The page's example: a port without `dyn`. How many seats are free at a tasting?

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};

// ANCHOR: port
/// Where the seats of the tastings are counted.
pub trait Seats: Send + Sync + 'static {
    /// How many are free on this evening. `None`: there is no tasting.
    fn free(&self, evening: u32) -> impl Future<Output = Option<u32>> + Send;
}
// ANCHOR_END: port

// ANCHOR: adapter
impl Seats for HashMap<u32, u32> {
    async fn free(&self, evening: u32) -> Option<u32> {
        self.get(&evening).copied()
    }
}
// ANCHOR_END: adapter

// ANCHOR: use_case
/// What the tastings are asked, for every kind of seats.
#[derive(Debug)]
pub struct Tastings<S> {
    seats: Arc<S>,
}

impl<S: Seats> Tastings<S> {
    pub async fn is_full(&self, evening: u32) -> Option<bool> {
        Some(self.seats.free(evening).await? == 0)
    }
}
// ANCHOR_END: use_case

impl<S> Clone for Tastings<S> {
    fn clone(&self) -> Self {
        Self { seats: Arc::clone(&self.seats) }
    }
}

// ANCHOR: handler
pub fn router<S: Seats>() -> Router<Tastings<S>> {
    Router::new().route("/tastings/{evening}", get(is_full::<S>))
}

async fn is_full<S: Seats>(
    State(tastings): State<Tastings<S>>,
    Path(evening): Path<u32>,
) -> Result<String, StatusCode> {
    let full = tastings.is_full(evening).await.ok_or(StatusCode::NOT_FOUND)?;
    Ok(full.to_string())
}
// ANCHOR_END: handler

fn main() {
    let seats = Arc::new(HashMap::from([(1, 8), (2, 0)]));
    let _service: Router = router().with_state(Tastings { seats });
}
