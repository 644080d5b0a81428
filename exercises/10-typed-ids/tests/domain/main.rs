//! What the domain promises, one module for each of its parts.

use typed_ids::domain;

mod compiler;
mod ids;
mod user;
