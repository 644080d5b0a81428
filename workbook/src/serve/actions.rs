//! What a page asks the tool to do: `POST /api/run`, `hint`, `reset`, `undo` and `solution`, and what it needs for that,
//! `GET /api/session` and `GET /api/chapter/{id}`.
//!
//! Nothing is done here. A request that has the token and is in order becomes a [`Call`]; the loop that owns the runs answers it.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::shared::{Shared, json as compact};
use crate::serve::calls::{Action, Call, Reply};

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

pub(super) fn actions(shared: &Shared) -> Router<Shared> {
    // Whatever the body says, a request without the token gets no further than its headers.
    let acting = Router::new()
        .route("/api/run", post(|state, headers, body| act(state, headers, body, |_| Action::Run)))
        .route("/api/hint", post(|state, headers, body| act(state, headers, body, |_| Action::Hint)))
        .route("/api/reset", post(|state, headers, body| act(state, headers, body, |_| Action::Reset)))
        .route("/api/undo", post(|state, headers, body| act(state, headers, body, |_| Action::Undo)))
        .route("/api/solution", post(|state, headers, body| act(state, headers, body, solution)))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .route_layer(from_fn_with_state(shared.clone(), with_token));
    acting.route("/api/session", get(session)).route("/api/chapter/{id}", get(chapter))
}

fn solution(body: &Body) -> Action {
    Action::Solution { show_me: body.show_me }
}

async fn with_token(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut given = request.headers().get_all("x-workbook-token").iter();
    let ours = given.next().is_some_and(|token| shared.token.is(token.as_bytes()));
    if ours && given.next().is_none() {
        return next.run(request).await;
    }
    let text = "The token is missing or of an earlier start of the tool. Reload the page.";
    refusal(StatusCode::FORBIDDEN, text)
}

/// The token. No page from elsewhere gets here, and none could read the answer.
async fn session(State(shared): State<Shared>) -> Response {
    answer(StatusCode::OK, &json!({"token": shared.token.text()}))
}

async fn chapter(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    ask(&shared, id, Action::Show).await
}

async fn act(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
    action: fn(&Body) -> Action,
) -> Response {
    // A form of a page from elsewhere can be sent with any other type without asking.
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
    }
    let body = match body {
        Ok(body) => body,
        Err(error) => return refusal(error.status(), &error.body_text()),
    };
    match serde_json::from_slice::<Body>(&body) {
        Ok(body) => {
            let action = action(&body);
            ask(&shared, body.id, action).await
        }
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
