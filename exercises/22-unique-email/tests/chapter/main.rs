//! What this chapter asks for, in the order of its page.

use unique_email as desk;

#[path = "../../../20-composition-root/tests/support/composition.rs"]
mod composition;
#[path = "../../../18-sqlite-adapter/tests/support/broken_rules.rs"]
mod broken_rules;
#[path = "../../../17-repository-port/tests/support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../../../18-sqlite-adapter/tests/support/every_adapter.rs"]
mod every_adapter;
#[path = "../support/fake_users.rs"]
mod fake_users;
#[path = "../../../17-repository-port/tests/support/fakes.rs"]
mod fakes;
#[path = "../../../19-clock-and-ids/tests/support/fixed.rs"]
mod fixed;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../../18-sqlite-adapter/tests/support/repositories.rs"]
mod repositories;
#[path = "../../../17-repository-port/tests/support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../18-sqlite-adapter/tests/support/sql.rs"]
mod sql;
#[path = "../support/storage_errors.rs"]
mod storage_errors;
#[path = "../../../19-clock-and-ids/tests/support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../../20-composition-root/tests/support/wiring.rs"]
mod wiring;

mod unique_index;
mod contract;
mod registration;
mod concurrent_registration;
