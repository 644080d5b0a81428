//! The order desk, chapter 23: on SQLite or on PostgreSQL.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
