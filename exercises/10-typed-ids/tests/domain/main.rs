//! What the domain promises, one module for each of its parts.

use typed_ids::domain;

mod amounts;
mod compiler;
mod currencies;
mod emails;
mod ids;
mod user;
