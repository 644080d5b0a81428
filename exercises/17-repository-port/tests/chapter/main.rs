//! What this chapter asks for, in the order of its page.

use repository_port as desk;

#[path = "../support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../support/fake_users.rs"]
mod fake_users;
#[path = "../support/fakes.rs"]
mod fakes;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../16-use-case/tests/support/uses.rs"]
mod uses;
#[path = "../../../16-use-case/tests/support/wiring.rs"]
mod wiring;

mod in_memory;
mod use_cases;
mod failing_ports;
#[path = "../../../07-fat-handlers/tests/given/order_transactions.rs"]
mod order_transactions;
mod ports;
mod dependencies;
