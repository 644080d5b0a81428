//! What customers say of a coffee, for the page.

// ANCHOR: uses
use axum::{
    Json, Router,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::post,
};
use serde::{Deserialize, Deserializer, Serialize};
// ANCHOR_END: uses

// ANCHOR: request
/// The body of `POST /feedback`: what a client may choose.
#[derive(Deserialize)]
struct CreateFeedback {
    text: String,
    stars: Option<u8>,
}
// ANCHOR_END: request

// ANCHOR: entity
/// Feedback as the service keeps it.
struct Feedback {
    id: u64,
    text: String,
    stars: Option<u8>,
    looks_like_spam: bool,
}
// ANCHOR_END: entity

// ANCHOR: response
/// Feedback as clients see it.
#[derive(Serialize)]
struct FeedbackResponse {
    id: u64,
    text: String,
    stars: Option<u8>,
}

impl From<&Feedback> for FeedbackResponse {
    fn from(feedback: &Feedback) -> Self {
        Self { id: feedback.id, text: feedback.text.clone(), stars: feedback.stars }
    }
}
// ANCHOR_END: response

// ANCHOR: create
async fn create_feedback(
    Json(new): Json<CreateFeedback>,
) -> Result<impl IntoResponse, StatusCode> {
    if new.text.is_empty() {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let looks_like_spam = new.text.contains("http");
    let feedback =
        Feedback { id: 7, text: new.text, stars: new.stars, looks_like_spam };
    let location = format!("/feedback/{}", feedback.id);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Json(FeedbackResponse::from(&feedback)),
    ))
}
// ANCHOR_END: create

// ANCHOR: update
/// The body of `PATCH /feedback/{id}`.
#[derive(Deserialize)]
struct UpdateFeedback {
    #[serde(default, deserialize_with = "present")]
    stars: Option<Option<u8>>,
    #[serde(default, deserialize_with = "present")]
    text: Option<String>,
}

/// serde calls this only when the field is there: `None` is left for a field that is absent.
fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
// ANCHOR_END: update

fn apply(change: UpdateFeedback, feedback: &mut Feedback) {
    if let Some(stars) = change.stars {
        feedback.stars = stars;
    }
    if let Some(text) = change.text {
        feedback.text = text;
    }
}

fn main() {
    let app: Router = Router::new().route("/feedback", post(create_feedback));
    let mut feedback = Feedback {
        id: 7,
        text: "Good".into(),
        stars: Some(5),
        looks_like_spam: false,
    };
    apply(UpdateFeedback { stars: Some(None), text: None }, &mut feedback);
    println!("{app:?} {:?} {}", feedback.stars, feedback.looks_like_spam);
}
