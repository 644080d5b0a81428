//! What the roastery knows and decides. Nothing in here reads a request or a row.

mod email;

pub use email::{Email, EmailError};
