//! Errors: whatever the service refuses, it refuses with a problem document (RFC 9457).

use std::{any::Any, error::Error, fmt::Display};

use axum::{
    Json, Router,
    extract::{
        DefaultBodyLimit,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::error;

use crate::application::ports::StorageError;

/// How many bytes the body of a request may have.
pub const BODY_LIMIT: usize = 64 * 1024;

// ANCHOR: api_error
/// Why a request is refused. Each becomes a problem document.
#[derive(Debug)]
pub enum ApiError {
    /// An extractor could not read the request, and says why.
    Rejected { status: StatusCode, detail: String },
    /// 422: a field of the body breaks a rule, such as "is empty".
    InvalidField { field: &'static str, problem: String },
    /// 404: there is no such "user", or whatever stands here.
    NotFound(&'static str),
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 409: it contradicts what is there already. The text is for the client.
    Conflict(String),
    /// 500: the fault is ours. What it holds is for the log, and for nobody outside.
    Internal(Box<dyn Error + Send + Sync>),
}
// ANCHOR_END: api_error

impl ApiError {
    /// An internal error with this cause: an error, or a text where there is none.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The refusal of a field that breaks a rule: `problem` reads on after its name.
    pub fn invalid(field: &'static str, problem: impl Display) -> Self {
        Self::InvalidField { field, problem: problem.to_string() }
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

    /// What the extractors say, except where the fault is ours: then it stays inside.
    fn rejected(status: StatusCode, detail: String) -> Self {
        if status.is_server_error() {
            return Self::internal(detail);
        }
        Self::Rejected { status, detail }
    }

    // ANCHOR: status
    /// The status that the client gets.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Rejected { status, .. } => *status,
            Self::InvalidField { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
    // ANCHOR_END: status

    /// What the client is told beside the status. Of an internal error: nothing.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Rejected { detail, .. } | Self::Conflict(detail) => {
                Some(detail.clone())
            }
            Self::InvalidField { field, problem } => {
                Some(format!("`{field}` {problem}"))
            }
            Self::NotFound(what) => Some(format!("There is no such {what}")),
            Self::MethodNotAllowed => Some(
                "The header `Allow` names the methods that work here".to_owned(),
            ),
            Self::Internal(_) => None,
        }
    }
}

// ANCHOR: problem
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
// ANCHOR_END: problem

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) = &self {
            error!(error = cause.as_ref(), "internal error");
        }
        let status = self.status();
        let problem = Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.detail(),
            field: match self {
                Self::InvalidField { field, .. } => Some(field),
                _ => None,
            },
        };
        let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, content_type, Json(problem)).into_response()
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        let status = rejection.status();
        let detail = match status {
            StatusCode::PAYLOAD_TOO_LARGE => {
                format!("The body has more than {BODY_LIMIT} bytes")
            }
            _ => rejection.body_text(),
        };
        Self::rejected(status, detail)
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        Self::rejected(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::rejected(rejection.status(), rejection.body_text())
    }
}

// ANCHOR: storage
impl From<StorageError> for ApiError {
    /// Our fault, whatever it is.
    fn from(error: StorageError) -> Self {
        Self::internal(error)
    }
}
// ANCHOR_END: storage

// ANCHOR: envelope
/// The router, with a problem document also for what reaches no handler (404, 405), for a body
/// beyond [`BODY_LIMIT`] (413) and for a handler that panics (500).
///
/// It covers the routes that `router` has. One that is added later is outside.
pub fn with_error_envelope(router: Router) -> Router {
    let after_panic =
        |panic: Box<dyn Any + Send>| ApiError::from_panic(panic).into_response();
    router
        .fallback(async || ApiError::NotFound("path"))
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(after_panic))
}
// ANCHOR_END: envelope
