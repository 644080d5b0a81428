//! What this chapter asks for, in the order of its page.

use sqlite_adapter as desk;

#[path = "../support/broken_rules.rs"]
mod broken_rules;
#[path = "../support/every_adapter.rs"]
mod every_adapter;
#[path = "../support/repositories.rs"]
mod repositories;
#[path = "../../../17-repository-port/tests/support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../support/sql.rs"]
mod sql;
#[path = "../support/statements.rs"]
mod statements;
#[path = "../support/storage_errors.rs"]
mod storage_errors;
#[path = "../../../16-use-case/tests/support/wiring.rs"]
mod wiring;

mod contract;
mod stored_rows;
mod isolation;
