//! What this chapter asks for, in the order of its page.

use dependency_rule as desk;

#[path = "../../../20-composition-root/tests/support/composition.rs"]
mod composition;
#[path = "../../../17-repository-port/tests/support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../../../17-repository-port/tests/support/fakes.rs"]
mod fakes;
#[path = "../../../19-clock-and-ids/tests/support/fixed.rs"]
mod fixed;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../../17-repository-port/tests/support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../19-clock-and-ids/tests/support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../20-composition-root/tests/support/wiring.rs"]
mod wiring;

mod architecture;
mod cancellation;
