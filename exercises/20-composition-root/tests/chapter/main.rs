//! What this chapter asks for, in the order of its page.

use composition_root as desk;

#[path = "../../../06-pagination/tests/support/catalogue.rs"]
mod catalogue;
#[path = "../support/composition.rs"]
mod composition;
#[path = "../../../17-repository-port/tests/support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../../../17-repository-port/tests/support/fake_users.rs"]
mod fake_users;
#[path = "../../../17-repository-port/tests/support/fakes.rs"]
mod fakes;
#[path = "../../../19-clock-and-ids/tests/support/fixed.rs"]
mod fixed;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../../05-sqlite-crud/tests/support/samples.rs"]
mod samples;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../19-clock-and-ids/tests/support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../19-clock-and-ids/tests/support/users_router.rs"]
mod users_router;
#[path = "../../../07-fat-handlers/tests/support/ways.rs"]
mod ways;
#[path = "../support/wiring.rs"]
mod wiring;

mod main_only;
mod globals;
mod other_adapters;
#[path = "../../../05-sqlite-crud/tests/chapter/app_state.rs"]
mod app_state;
#[path = "../../../05-sqlite-crud/tests/chapter/restart.rs"]
mod restart;
#[path = "../../../07-fat-handlers/tests/given/orders.rs"]
mod orders;
#[path = "../../../07-fat-handlers/tests/given/order_transactions.rs"]
mod order_transactions;
#[path = "../../../07-fat-handlers/tests/chapter/deactivated_users.rs"]
mod deactivated_users;
