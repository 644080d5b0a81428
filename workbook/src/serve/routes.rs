//! What is answered at which path, and the headers that every answer has.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, IF_MODIFIED_SINCE, LAST_MODIFIED, RANGE,
        },
    },
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use super::{
    actions::actions,
    events::events,
    guard::{Names, only_our_own},
    policy::with_policy,
    session::{alive, exchange, only_connected, session},
    shared::Shared,
};

pub(super) fn routes(names: Names, shared: Shared) -> Router {
    Router::new()
        .route("/api/events", get(events))
        .route("/api/status", get(status))
        .route("/api/session", get(session))
        .merge(actions())
        // Whatever the body says, a request without the cookie gets no further than its headers.
        .route_layer(from_fn_with_state(shared.clone(), only_connected))
        .route("/api/alive", get(alive))
        .route("/api/{*other}", any(no_such_call))
        .fallback(page)
        .layer(from_fn_with_state(names, only_our_own))
        .layer(map_response(headers))
        .with_state(shared)
}

async fn status(State(shared): State<Shared>) -> Response {
    let status = Arc::clone(&shared.live.borrow().status);
    ([(CONTENT_TYPE, "application/json")], status.to_string()).into_response()
}

async fn no_such_call() -> Response {
    let text = "The tool has no such call. There are GET /api/events, status, session, alive and chapter/ID, and POST /api/run, \
                hint, reset, undo and solution.\n";
    (StatusCode::NOT_FOUND, text).into_response()
}

/// A file of the book as it is now, or its page for what does not exist.
async fn page(State(shared): State<Shared>, mut request: Request) -> Response {
    if let Some(response) = exchange(&shared, &request) {
        return response;
    }
    // The time of a file has seconds only; a page that is saved twice within one would look unchanged.
    request.headers_mut().remove(IF_MODIFIED_SINCE);
    let folder = Arc::clone(&shared.live.borrow().folder);
    // A part of a page has no policy.
    request.headers_mut().remove(RANGE);
    let framed = request.uri().path() == "/toc.html";
    let not_found = ServeFile::new(folder.join("404.html"));
    match ServeDir::new(&*folder).not_found_service(not_found).oneshot(request).await {
        Ok(response) => with_policy(response.map(axum::body::Body::new), framed).await,
        Err(never) => match never {},
    }
}

async fn headers(mut response: Response) -> Response {
    const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    const OWN: [(HeaderName, HeaderValue); 5] = [
        // A reload shows what is there now.
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
        // No page from elsewhere may show or run what is served here.
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        // Other hosts do not learn where the reader was. (`no-referrer` would also hide the origin of our own requests.)
        (HeaderName::from_static("referrer-policy"), HeaderValue::from_static("same-origin")),
    ];
    let headers = response.headers_mut();
    headers.remove(LAST_MODIFIED);
    headers.extend(OWN);
    // What is not a page of the book is not one that a browser could be made to take for one.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    response
}
