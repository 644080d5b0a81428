//! The order desk, chapter 18: one contract, and every adapter keeps it.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
