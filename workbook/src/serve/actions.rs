//! What a page asks the tool to do: `POST /api/run`, `hint`, `reset`, `undo` and `solution`, and what it needs for that,
//! `GET /api/chapter/{id}`.
//!
//! Nothing is done here. A request of a connected browser that is in order becomes a [`Call`]; the loop that owns the runs answers it.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State, rejection::JsonRejection},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{
    calls::{Action, Call, Reply},
    shared::{Shared, json as compact},
};

/// The bytes of a body: far more than an id needs.
const MOST_BYTES: usize = 4 * 1024;
/// The loop answers at once, unless its terminal was stopped.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(default)]
    show_me: bool,
}

pub(super) fn actions() -> Router<Shared> {
    let call = |action: fn(&Body) -> Action| post(move |state, body| act(state, body, action));
    Router::new()
        .route("/api/run", call(|_| Action::Run))
        .route("/api/hint", call(|_| Action::Hint))
        .route("/api/reset", call(|_| Action::Reset))
        .route("/api/undo", call(|_| Action::Undo))
        .route("/api/solution", call(|body| Action::Solution { show_me: body.show_me }))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .route("/api/chapter/{id}", get(chapter))
}

async fn chapter(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    ask(&shared, id, Action::Show).await
}

async fn act(
    State(shared): State<Shared>,
    body: Result<Json<Body>, JsonRejection>,
    action: fn(&Body) -> Action,
) -> Response {
    match body {
        Ok(Json(body)) => {
            let action = action(&body);
            ask(&shared, body.id, action).await
        }
        // A form of a page from elsewhere can be sent with any other type without asking.
        Err(JsonRejection::MissingJsonContentType(_)) => {
            refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json.")
        }
        Err(JsonRejection::BytesRejection(error)) => refusal(error.status(), &error.body_text()),
        Err(_) => refusal(StatusCode::BAD_REQUEST, "Send {\"id\":\"…\"}, the id of a chapter."),
    }
}

async fn ask(shared: &Shared, id: String, action: Action) -> Response {
    let (reply, answered) = oneshot::channel();
    (shared.calls)(Call { id, action, reply });
    match tokio::time::timeout(PATIENCE, answered).await {
        Ok(Ok(Reply::Done(value))) => answer(StatusCode::OK, &value),
        Ok(Ok(Reply::Refused(value))) => answer(StatusCode::CONFLICT, &value),
        Ok(Ok(Reply::Unknown)) => refusal(StatusCode::NOT_FOUND, "There is no such chapter."),
        Ok(Err(_)) | Err(_) => refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "The tool does not answer: it is about to end, or was stopped.",
        ),
    }
}

fn refusal(status: StatusCode, message: &str) -> Response {
    answer(status, &json!({"message": message}))
}

fn answer(status: StatusCode, value: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], compact(value).to_string()).into_response()
}
