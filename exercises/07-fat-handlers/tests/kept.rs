//! What the chapters before asked for, and what still holds.

use fat_handlers as desk;

#[path = "../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../../06-pagination/tests/support/catalogue.rs"]
mod catalogue;
#[path = "../../04-error-envelope/tests/support/envelope.rs"]
mod envelope;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "../../06-pagination/tests/support/page.rs"]
mod page;
#[path = "../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../../05-sqlite-crud/tests/support/samples.rs"]
mod samples;
#[path = "../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../05-sqlite-crud/tests/support/users_router.rs"]
mod users_router;
#[path = "../../05-sqlite-crud/tests/support/wiring.rs"]
mod wiring;

#[path = "given/orders.rs"]
mod orders;
#[path = "given/order_transactions.rs"]
mod order_transactions;
#[path = "../../06-pagination/tests/chapter/page_cost.rs"]
mod page_cost;
#[path = "../../06-pagination/tests/chapter/pages.rs"]
mod pages;
#[path = "../../06-pagination/tests/chapter/product_list.rs"]
mod product_list;
#[path = "../../05-sqlite-crud/tests/chapter/restart.rs"]
mod restart;
#[path = "../../05-sqlite-crud/tests/chapter/database_file.rs"]
mod database_file;
#[path = "../../05-sqlite-crud/tests/chapter/nul_characters.rs"]
mod nul_characters;
#[path = "../../05-sqlite-crud/tests/chapter/product_delete.rs"]
mod product_delete;
#[path = "../../03-routers-and-state/tests/chapter/products.rs"]
mod products;
#[path = "../../05-sqlite-crud/tests/chapter/app_state.rs"]
mod app_state;
#[path = "../../04-error-envelope/tests/chapter/problem_documents.rs"]
mod problem_documents;
#[path = "../../03-routers-and-state/tests/chapter/slow_clients.rs"]
mod slow_clients;
#[path = "../../02-dtos/tests/chapter/users.rs"]
mod users;
#[path = "../../02-dtos/tests/chapter/accepted_texts.rs"]
mod accepted_texts;
#[path = "../../01-first-route/tests/chapter/health.rs"]
mod health;
