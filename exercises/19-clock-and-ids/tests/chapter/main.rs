//! What this chapter asks for, in the order of its page.

use clock_and_ids as desk;

#[path = "../../../17-repository-port/tests/support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../support/fixed.rs"]
mod fixed;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../16-use-case/tests/support/uses.rs"]
mod uses;

mod exact_answers;
mod clock;
mod no_hidden_inputs;
mod domain_without_ports;
