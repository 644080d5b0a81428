//! What this chapter asks for, in the order of its page.

use use_case as desk;

#[path = "../../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../support/uses.rs"]
mod uses;
#[path = "../support/wiring.rs"]
mod wiring;

#[path = "../../../07-fat-handlers/tests/chapter/deactivated.rs"]
mod deactivated;
#[path = "../../../07-fat-handlers/tests/chapter/deactivated_meanwhile.rs"]
mod deactivated_meanwhile;
#[path = "../../../07-fat-handlers/tests/chapter/many_at_once.rs"]
mod many_at_once;
mod on_purpose;
#[path = "../../../07-fat-handlers/tests/chapter/orders.rs"]
mod orders;
#[path = "../../../07-fat-handlers/tests/chapter/orders_kept.rs"]
mod orders_kept;
mod outward;
#[path = "../../../07-fat-handlers/tests/chapter/repeat_and_cancel.rs"]
mod repeat_and_cancel;
mod structure;
mod use_cases;
