//! What this chapter asks for, in the order of its page.

use fat_handlers as desk;

#[path = "../support/fixtures.rs"]
mod fixtures;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../support/staff.rs"]
mod staff;
#[path = "../support/ways.rs"]
mod ways;
#[path = "../../../05-sqlite-crud/tests/support/wiring.rs"]
mod wiring;

mod deactivated_users;
mod deactivation_race;
mod repeat_and_cancel;
mod concurrent_orders;
