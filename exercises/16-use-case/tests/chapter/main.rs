//! What this chapter asks for, in the order of its page.

use use_case as desk;

#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../07-fat-handlers/tests/support/staff.rs"]
mod staff;
#[path = "../support/uses.rs"]
mod uses;
#[path = "../../../07-fat-handlers/tests/support/ways.rs"]
mod ways;
#[path = "../support/wiring.rs"]
mod wiring;

mod use_cases;
mod layering;
mod dependencies;
mod statuses;
mod order_log;
mod changed_answers;
#[path = "../../../07-fat-handlers/tests/chapter/repeat_and_cancel.rs"]
mod repeat_and_cancel;
#[path = "../../../07-fat-handlers/tests/given/order_transactions.rs"]
mod order_transactions;
#[path = "../../../07-fat-handlers/tests/chapter/concurrent_orders.rs"]
mod concurrent_orders;
#[path = "../../../07-fat-handlers/tests/chapter/deactivation_race.rs"]
mod deactivation_race;
mod price_change_race;
