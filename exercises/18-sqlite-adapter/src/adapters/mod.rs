//! What the service drives: what keeps its users and orders.

pub mod in_memory;
pub mod sqlite;
