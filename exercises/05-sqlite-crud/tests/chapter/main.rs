//! What this chapter asks for, in the order of its page.

use sqlite_crud as desk;

#[path = "../../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../support/catalogue.rs"]
mod catalogue;
#[path = "../support/samples.rs"]
mod samples;
#[path = "../support/service.rs"]
mod service;
#[path = "../support/users_router.rs"]
mod users_router;
#[path = "../support/wiring.rs"]
mod wiring;

mod restart;
#[path = "../../../03-routers-and-state/tests/chapter/products.rs"]
mod products;
#[path = "../../../03-routers-and-state/tests/chapter/product_list.rs"]
mod product_list;
mod product_list_by_sku;
mod product_delete;
mod database_file;
mod nul_characters;
mod app_state;
