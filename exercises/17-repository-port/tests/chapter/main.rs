//! What this chapter asks for, in the order of its page.

use repository_port as desk;

#[path = "../support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../support/fake_users.rs"]
mod fake_users;
#[path = "../support/fakes.rs"]
mod fakes;
#[path = "../support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../16-use-case/tests/support/uses.rs"]
mod uses;

mod in_memory;
mod other_adapters;
mod outward;
mod ports;
mod use_cases;
