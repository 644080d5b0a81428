//! What this chapter asks for, in the order of its page.

use order_states as desk;

#[path = "../../../11-order-aggregate/tests/support/given.rs"]
mod given;

mod states;
mod closed_states;
