//! The service as a test starts it.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;

/// The service of this chapter, with nobody in it.
pub fn app() -> Router {
    crate::desk::app(crate::desk::AppState::default())
}
