//! Axum's extractors, with our refusals: what does not fit becomes an [`ApiError`].

use axum::{
    extract::{FromRequest, FromRequestParts},
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use super::error::ApiError;

// ANCHOR: json
/// A JSON body, in a request or in a response.
#[derive(Debug, FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub struct Json<T>(pub T);
// ANCHOR_END: json

impl<T: Serialize> IntoResponse for Json<T> {
    /// An internal error when serde cannot serialize the value. `axum::Json` would tell the client why.
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                ([(header::CONTENT_TYPE, "application/json")], body).into_response()
            }
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

// ANCHOR: parts
/// The parameters of the path.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(pub T);

/// The parameters of the query.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub struct Query<T>(pub T);
// ANCHOR_END: parts

// ANCHOR: text
/// A text from outside, as all databases of this service can keep it: PostgreSQL has none with U+0000 in it.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Text(String);

impl Text {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.contains('\0') {
            true => Err("a text has the character U+0000 in it"),
            false => Ok(Self(text)),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}
// ANCHOR_END: text
