//! What this chapter asks for, in the order of its page.

use customer as desk;

#[path = "../../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../support/houses.rs"]
mod houses;
#[path = "../../../12-order-states/tests/support/orders_by_state.rs"]
mod orders_by_state;

mod customers;
mod customer_privacy;
mod addresses;
mod dispatch;
