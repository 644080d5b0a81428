//! The order desk, chapter 20: main alone knows who works with whom.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;
pub mod wiring;

pub use http::{AppState, app};
