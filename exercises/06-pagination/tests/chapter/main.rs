//! What this chapter asks for, in the order of its page.

use pagination as desk;

#[path = "../../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../support/page.rs"]
mod page;
#[path = "../../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../../05-sqlite-crud/tests/support/wiring.rs"]
mod wiring;

mod pages;
mod product_list;
mod page_cost;
