//! What the service drives: what keeps its users and orders, and what tells the time.

pub mod in_memory;
pub mod sqlite;
pub mod system;
pub mod wiring;
