//! What the chapters before asked for, and what still holds.

use routers_and_state as desk;

#[path = "../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "support/service.rs"]
mod service;

#[path = "../../02-dtos/tests/chapter/accepted_texts.rs"]
mod accepted_texts;
#[path = "../../02-dtos/tests/chapter/staff.rs"]
mod staff;
#[path = "../../01-first-route/tests/chapter/health.rs"]
mod health;
