//! What this chapter asks for, in the order of its page.

use error_envelope as desk;

#[path = "../../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../support/envelope.rs"]
mod envelope;
#[path = "../../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../../../03-routers-and-state/tests/support/service.rs"]
mod service;

#[path = "../../../03-routers-and-state/tests/chapter/products.rs"]
mod products;
mod problem_documents;
#[path = "../../../03-routers-and-state/tests/chapter/app_state.rs"]
mod app_state;
