//! What this chapter asks for, in the order of its page.

use order_aggregate as desk;

#[path = "../support/given.rs"]
mod given;
#[path = "../support/price_errors.rs"]
mod price_errors;

mod quantity;
mod order;
mod order_prices;
mod order_flags;
mod order_privacy;
