//! What the domain promises, one module for each of its parts.

mod compiler;
mod ids;
mod user;
