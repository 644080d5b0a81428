//! What the domain promises, one module for each of its parts.

use customer::domain;

mod addresses;
mod amounts;
mod currencies;
mod customers;
mod dispatch;
mod emails;
mod errors;
mod given;
mod ids;
mod order;
mod quantity;
mod states;
mod user;
