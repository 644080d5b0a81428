//! What this chapter asks for, in the order of its page.

use order_states as desk;

#[path = "../../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../support/orders_by_state.rs"]
mod orders_by_state;

mod legal_moves;
mod refused_moves;
mod state_privacy;
