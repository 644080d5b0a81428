//! Which browser may ask and act: the one that has opened the address that the tool printed. Any account of this machine can send
//! requests to the port; reading the book is free to all of them, and all else needs the cookie.

use axum::{
    extract::{Query, Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::shared::{Shared, json as compact};

/// A page reads the status; a person the text.
const NOT_CONNECTED: &str = "This page is not connected to the tool. Open the address that cargo workbook printed in your terminal: it ends with ?key= and a secret.";

/// Where a page was asked for with the key, the browser gets the cookie and goes to the same page without the key. So the key stays in
/// no history, in no bookmark and in nothing that a page can read.
pub(super) fn exchange(shared: &Shared, request: &Request) -> Option<Response> {
    let given = request.uri().query()?.split('&').find_map(|pair| pair.strip_prefix("key="))?;
    if request.method() != Method::GET || !shared.key.is(given) {
        return None;
    }
    // An address that begins with two slashes would lead to another host.
    let page = format!("/{}", request.uri().path().trim_start_matches(['/', '\\']));
    // Only what is behind /api needs it; the less it travels the better.
    let cookie = format!("{}={}; Path=/api; HttpOnly; SameSite=Strict", name(shared), shared.key.text());
    Some((StatusCode::SEE_OTHER, [(LOCATION, page), (SET_COOKIE, cookie)]).into_response())
}

/// Browsers send a host's cookies to all of its ports: each copy of the workbook has a name of its own.
fn name(shared: &Shared) -> String {
    format!("workbook-{}", shared.port)
}

/// Answers 401 to whoever does not have the cookie.
pub(super) async fn only_connected(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if has_cookie(&shared, request.headers()) {
        return next.run(request).await;
    }
    let text = compact(&json!({"message": NOT_CONNECTED})).to_string();
    (StatusCode::UNAUTHORIZED, [(CONTENT_TYPE, "application/json")], text).into_response()
}

/// What listens at another port can set cookies of the same name: ours may stand beside others.
fn has_cookie(shared: &Shared, headers: &HeaderMap) -> bool {
    let prefix = format!("{}=", name(shared));
    let sent = headers.get_all(COOKIE).iter().filter_map(|sent| sent.to_str().ok());
    sent.flat_map(|sent| sent.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(&prefix))
        .any(|given| shared.key.is(given))
}

/// `GET /api/session`: that this browser is connected, and by what the page knows the tool again.
pub(super) async fn session(State(shared): State<Shared>) -> Response {
    let text = json!({"pledge": shared.key.pledge()}).to_string();
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

#[derive(Deserialize)]
pub(super) struct Asked {
    word: String,
}

/// `GET /api/alive`, which a page asks without the cookie before it connects again.
pub(super) async fn alive(State(shared): State<Shared>, Query(Asked { word }): Query<Asked>) -> Response {
    let text = json!({"proof": shared.key.proof(&word)}).to_string();
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}
