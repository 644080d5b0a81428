//! What the chapters before asked for, and what still holds.

use error_envelope as desk;

#[path = "../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../../03-routers-and-state/tests/support/service.rs"]
mod service;

#[path = "../../03-routers-and-state/tests/chapter/product_list.rs"]
mod product_list;
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
