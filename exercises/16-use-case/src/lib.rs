//! The order desk, chapter 16: use cases do what was in the handlers.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
