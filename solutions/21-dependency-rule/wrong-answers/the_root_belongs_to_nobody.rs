// Caught by: architecture::the_root_names_the_layers_and_decides_nothing
// Replaces: src/lib.rs
//! The order desk, chapter 21: dependencies point inward, and a test says so.

pub mod adapters;
pub mod application;
pub mod domain;
pub mod http;

pub use http::{AppState, app};

impl application::Accounts {
    /// Accounts in memory, for whoever wants to try something out.
    pub fn in_memory() -> Self {
        Self::new(
            std::sync::Arc::new(adapters::in_memory::InMemoryUsers::default()),
            std::sync::Arc::new(adapters::system::RandomIds),
        )
    }
}
