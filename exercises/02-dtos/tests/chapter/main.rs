//! What this chapter asks for, in the order of its page.

use dtos as desk;

#[path = "../support/people.rs"]
mod people;
#[path = "../../../01-first-route/tests/support/service.rs"]
mod service;

mod users;
mod accepted_texts;
mod staff;
