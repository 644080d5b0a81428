//! What this chapter asks for, in the order of its page.

use routers_and_state as desk;

#[path = "../support/beans.rs"]
mod beans;
#[path = "../../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../support/service.rs"]
mod service;

mod app_state;
mod slow_clients;
mod products;
mod product_list;
#[path = "../../../02-dtos/tests/chapter/users.rs"]
mod users;
