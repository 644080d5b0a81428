//! Axum's extractors, with our refusals: what does not fit becomes an [`ApiError`].

use axum::{
    extract::{FromRequest, FromRequestParts},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::error::ApiError;

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
