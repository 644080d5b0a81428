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
mod on_purpose;
#[path = "../../../07-fat-handlers/tests/chapter/orders.rs"]
mod orders;
mod outward;
mod structure;
mod use_cases;
