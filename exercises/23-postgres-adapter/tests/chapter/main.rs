//! What this chapter asks for, in the order of its page.

use postgres_adapter as desk;

#[path = "../support/composition.rs"]
mod composition;
#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../support/postgres_alone.rs"]
mod postgres_alone;
#[path = "../../../18-sqlite-adapter/tests/support/repositories.rs"]
mod repositories;
#[path = "../../../17-repository-port/tests/support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../18-sqlite-adapter/tests/support/statements.rs"]
mod statements;
#[path = "../../../22-unique-email/tests/support/storage_errors.rs"]
mod storage_errors;
#[path = "../support/wiring.rs"]
mod wiring;

mod schema;
mod contract;
mod nul_characters;
mod postgres;
