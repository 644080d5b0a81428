//! What the domain promises, one module for each of its parts.

use order_states::domain;

mod amounts;
mod compiler;
mod currencies;
mod emails;
mod given;
mod ids;
mod order;
mod quantity;
mod states;
mod user;
