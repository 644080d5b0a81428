//! What this chapter asks for, in the order of its page.

use domain_errors as desk;

#[path = "../../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../support/orders_by_state.rs"]
mod orders_by_state;

mod states;
mod order_prices;
mod typed_errors;
mod error_meanings;
