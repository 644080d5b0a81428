//! What the chapters before asked for, and what still holds.

use sqlite_crud as desk;

#[path = "../../04-error-envelope/tests/support/envelope.rs"]
mod envelope;
#[path = "../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "support/service.rs"]
mod service;
#[path = "support/wiring.rs"]
mod wiring;

#[path = "../../04-error-envelope/tests/chapter/problem_documents.rs"]
mod problem_documents;
#[path = "../../03-routers-and-state/tests/chapter/slow_clients.rs"]
mod slow_clients;
#[path = "../../02-dtos/tests/chapter/users.rs"]
mod users;
#[path = "../../02-dtos/tests/chapter/accepted_texts.rs"]
mod accepted_texts;
#[path = "../../02-dtos/tests/chapter/staff.rs"]
mod staff;
#[path = "../../01-first-route/tests/chapter/health.rs"]
mod health;
