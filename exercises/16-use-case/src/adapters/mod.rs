//! What the service drives: the database.

pub mod sqlite;
