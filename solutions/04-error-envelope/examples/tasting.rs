//! The tasting room of the roastery, for the page.

use std::any::Any;

use axum::{
    Router,
    extract::{FromRequest, rejection::JsonRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use error_envelope::error::Problem;
use serde::Deserialize;
use tower_http::catch_panic::CatchPanicLayer;

// ANCHOR: error
/// Why a tasting is refused.
#[derive(Debug)]
enum TastingError {
    /// An extractor could not read the request, and says why.
    Rejected { status: StatusCode, detail: String },
    /// More people than the room has seats left.
    TooMany { seats_left: u32 },
    /// Nobody tastes there.
    NoSuchRoom,
}
// ANCHOR_END: error

// ANCHOR: response
impl IntoResponse for TastingError {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Self::Rejected { status, detail } => (status, detail),
            Self::TooMany { seats_left } => {
                (StatusCode::CONFLICT, format!("{seats_left} seats are left"))
            }
            Self::NoSuchRoom => {
                (StatusCode::NOT_FOUND, "We taste next door".into())
            }
        };
        let problem = Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: Some(detail),
            field: None,
        };
        let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, content_type, axum::Json(problem)).into_response()
    }
}
// ANCHOR_END: response

// ANCHOR: extractor
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(TastingError))]
struct Json<T>(T);

impl From<JsonRejection> for TastingError {
    fn from(rejection: JsonRejection) -> Self {
        Self::Rejected { status: rejection.status(), detail: rejection.body_text() }
    }
}
// ANCHOR_END: extractor

#[derive(Deserialize)]
struct Booking {
    people: u32,
}

// ANCHOR: handler
async fn book(Json(booking): Json<Booking>) -> Result<StatusCode, TastingError> {
    take_seats(booking.people)?;
    Ok(StatusCode::CREATED)
}

fn take_seats(people: u32) -> Result<(), TastingError> {
    let seats_left = 8;
    if people > seats_left {
        return Err(TastingError::TooMany { seats_left });
    }
    Ok(())
}
// ANCHOR_END: handler

// ANCHOR: around
fn tastings() -> Router {
    let after_panic = |_panic: Box<dyn Any + Send>| {
        (StatusCode::INTERNAL_SERVER_ERROR, "somebody spilled the coffee")
            .into_response()
    };
    Router::new()
        .route("/tastings", post(book))
        .fallback(async || TastingError::NoSuchRoom)
        .layer(CatchPanicLayer::custom(after_panic))
}
// ANCHOR_END: around

fn main() {
    println!("{:?}", tastings());
}
