//! What the domain promises, one module for each of its parts.

use domain_errors::domain;

mod amounts;
mod compiler;
mod currencies;
mod emails;
mod errors;
mod given;
mod ids;
mod order;
mod quantity;
mod states;
mod user;
