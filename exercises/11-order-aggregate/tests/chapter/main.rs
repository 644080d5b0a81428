//! What this chapter asks for, in the order of its page.

use order_aggregate as desk;

#[path = "../support/given.rs"]
mod given;

mod quantity;
mod order;
mod order_prices;
mod states;
mod closed_orders;
