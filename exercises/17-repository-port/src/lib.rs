//! The order desk, chapter 17: use cases ask for what they need, and know no database.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};
