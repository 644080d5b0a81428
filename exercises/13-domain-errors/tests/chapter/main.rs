//! What this chapter asks for, in the order of its page.

use domain_errors as desk;

#[path = "../../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../../../12-order-states/tests/support/orders_by_state.rs"]
mod orders_by_state;
#[path = "../support/price_errors.rs"]
mod price_errors;

mod refused_moves;
#[path = "../../../11-order-aggregate/tests/chapter/order_prices.rs"]
mod order_prices;
mod errors_without_text;
mod error_meanings;
