//! What the chapters' tests share: build a request, send it to the service, read the answer.
//!
//! Nothing here opens a socket. [`send`] hands the request to the router as the server would, one function call
//! away, so a test needs no port, no wait and no clean-up.

mod log;

pub use log::{Log, count_statements};

use std::{convert::Infallible, io, task::Poll};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, Method, Request, StatusCode, header},
};
use futures_util::stream;
use serde_json::Value;
use tokio::sync::oneshot;
use tower::ServiceExt;

/// The whole answer to one request, its body read to the end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// Fails the test, showing the answer, when the body is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.body) {
            Ok(value) => value,
            Err(error) => panic!(
                "the body should be JSON, but {error}\n  status: {}\n  body: {:?}",
                self.status, self.body
            ),
        }
    }

    /// The value of a header, or `""` when the answer does not carry it.
    ///
    /// # Panics
    /// Fails the test when the value is not readable as text.
    #[track_caller]
    pub fn header(&self, name: HeaderName) -> &str {
        match self.headers.get(&name) {
            Some(value) => value.to_str().unwrap_or_else(|_| {
                panic!("header {name} should be text, but is {value:?}")
            }),
            None => "",
        }
    }
}

// ANCHOR: send
/// Sends one request to the service, without a socket, and reads the whole answer.
/// Requests to one `app` reach one and the same service, as those of many clients would.
///
/// # Panics
/// Fails the test when a handler panics or the body cannot be read.
pub async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response =
        app.clone().oneshot(request).await.expect("a Router never fails");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("the whole body");
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}
// ANCHOR_END: send

/// A request without a body.
///
/// # Panics
/// Fails the test when `path` is not a valid path.
#[track_caller]
pub fn request(method: Method, path: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .unwrap_or_else(|error| panic!("{path:?} is not a path: {error}"))
}

/// `GET path`, see [`request`].
#[track_caller]
pub fn get(path: &str) -> Request<Body> {
    request(Method::GET, path)
}

/// A request with a JSON body and the content type that says so.
///
/// # Panics
/// Fails the test when `path` is not a valid path.
#[track_caller]
pub fn with_json(method: Method, path: &str, body: &Value) -> Request<Body> {
    let mut request = request(method, path);
    let json = header::HeaderValue::from_static("application/json");
    request.headers_mut().insert(header::CONTENT_TYPE, json);
    *request.body_mut() = Body::from(body.to_string());
    request
}

/// `POST path` with a JSON body, see [`with_json`].
#[track_caller]
pub fn post(path: &str, body: &Value) -> Request<Body> {
    with_json(Method::POST, path, body)
}

/// `PATCH path` with a JSON body, see [`with_json`].
#[track_caller]
pub fn patch(path: &str, body: &Value) -> Request<Body> {
    with_json(Method::PATCH, path, body)
}

/// A request of a client that is slow to send its JSON, and what tells when the service waits for it.
///
/// The body never comes: until the test ends, the service gets nothing of it.
///
/// # Panics
/// Fails the test when `path` is not a valid path.
#[track_caller]
pub fn slow(method: Method, path: &str) -> (Request<Body>, oneshot::Receiver<()>) {
    let (waits, is_waited_for) = oneshot::channel();
    let mut waits = Some(waits);
    let nothing =
        stream::poll_fn(move |_| -> Poll<Option<Result<&str, Infallible>>> {
            if let Some(waits) = waits.take() {
                // Nobody needs to listen.
                let _ = waits.send(());
            }
            Poll::Pending
        });
    let mut request = with_json(method, path, &Value::Null);
    *request.body_mut() = Body::from_stream(nothing);
    (request, is_waited_for)
}

/// A request whose connection breaks in the middle of its JSON.
///
/// # Panics
/// Fails the test when `path` is not a valid path.
#[track_caller]
pub fn broken_off(method: Method, path: &str) -> Request<Body> {
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    let begun = stream::iter([Ok("{"), Err(broken)]);
    let mut request = with_json(method, path, &Value::Null);
    *request.body_mut() = Body::from_stream(begun);
    request
}
