//! What this chapter asks for, in the order of its page.

use fat_handlers as desk;

#[path = "../support/fixtures.rs"]
mod fixtures;
#[path = "../../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../05-sqlite-crud/tests/support/wiring.rs"]
mod wiring;

mod deactivated;
mod deactivated_meanwhile;
mod many_at_once;
mod orders;
mod orders_kept;
mod repeat_and_cancel;
mod staff;
