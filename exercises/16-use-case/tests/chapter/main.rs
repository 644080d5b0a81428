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
mod structure;
mod outward;
mod statuses;
mod order_log;
mod on_purpose;
#[path = "../../../07-fat-handlers/tests/chapter/repeat_and_cancel.rs"]
mod repeat_and_cancel;
#[path = "../../../07-fat-handlers/tests/given/orders_kept.rs"]
mod orders_kept;
#[path = "../../../07-fat-handlers/tests/chapter/many_at_once.rs"]
mod many_at_once;
#[path = "../../../07-fat-handlers/tests/chapter/deactivated_meanwhile.rs"]
mod deactivated_meanwhile;
mod repriced_meanwhile;
