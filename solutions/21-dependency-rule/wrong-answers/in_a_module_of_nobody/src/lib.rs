// Caught by: architecture::every_file_is_a_module_in_a_layer
//! The order desk, chapter 21: dependencies point inward, and a test says so.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;
mod shared;

pub use http::{AppState, app};
