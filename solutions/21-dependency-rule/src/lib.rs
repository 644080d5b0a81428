//! The order desk, chapter 21: dependencies point inward, and a test says so.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
