//! Where this chapter has its error envelope.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

pub use crate::desk::{
    error::{ApiError, with_error_envelope},
    extract::{Json, Path, Query},
};

/// The error of a field that breaks a rule.
pub fn invalid(field: &'static str, problem: &'static str) -> ApiError {
    ApiError::InvalidField { field, problem }
}
