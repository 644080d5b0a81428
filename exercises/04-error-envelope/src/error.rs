//! Errors: whatever the service refuses, it refuses with a problem document (RFC 9457).

use std::{any::Any, error::Error};

use axum::{
    Router,
    extract::rejection::{JsonRejection, PathRejection, QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// How many bytes the body of a request may have.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Why a request is refused. Each becomes a problem document.
#[derive(Debug)]
pub enum ApiError {
    /// An extractor could not read the request, and says why.
    Rejected { status: StatusCode, detail: String },
    /// 422: a field of the body breaks a rule, such as "is empty".
    InvalidField { field: &'static str, problem: &'static str },
    /// 404: there is no such "user", or whatever stands here.
    NotFound(&'static str),
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 409: it contradicts what is there already. The text is for the client.
    Conflict(String),
    /// 500: the fault is ours. What it holds is for the log, and for nobody outside.
    Internal(Box<dyn Error + Send + Sync>),
}

impl ApiError {
    /// An internal error with this cause: an error, or a text where there is none.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The internal error that a panic is, with its message as the cause.
    pub fn from_panic(panic: Box<dyn Any + Send>) -> Self {
        let message = match panic.downcast::<String>() {
            Ok(message) => *message,
            Err(panic) => match panic.downcast::<&str>() {
                Ok(message) => (*message).to_owned(),
                Err(_) => "a panic without a message".to_owned(),
            },
        };
        Self::internal(format!("panic: {message}"))
    }

    /// The status that the client gets.
    pub fn status(&self) -> StatusCode {
        todo!("the status of each variant")
    }

    /// What the client is told beside the status. Of an internal error: nothing.
    pub fn detail(&self) -> Option<String> {
        todo!("what the client is told, variant by variant")
    }
}

/// The document of RFC 9457. A member without a value is left out.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// Which kind of problem it is, as a URI. `about:blank`: the status says it all.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name of the status.
    pub title: &'static str,
    /// The status, once more.
    pub status: u16,
    /// What went wrong this time, for people to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The field at fault. This one is ours: the RFC lets us add members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        todo!("log what is internal, then answer with a Problem")
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        todo!("the status and the text of this rejection: {rejection}")
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        todo!("the status and the text of this rejection: {rejection}")
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        todo!("the status and the text of this rejection: {rejection}")
    }
}

/// The router, with a problem document also for what reaches no handler (404, 405), for a body
/// beyond [`BODY_LIMIT`] (413) and for a handler that panics (500).
///
/// It covers the routes that the router has. One that is added later is outside.
pub fn with_error_envelope(_router: Router) -> Router {
    todo!("two fallbacks and two layers around the router")
}
