//! The order desk, chapter 19: time and identity come from outside.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
