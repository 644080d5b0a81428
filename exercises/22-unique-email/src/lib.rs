//! The order desk, chapter 22: one account for each e-mail address.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
