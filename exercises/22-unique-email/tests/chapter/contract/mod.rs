//! The contract of the repositories, with the rules of addresses.

mod addresses;
mod evil;
#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/orders.rs"]
mod orders;
#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/users.rs"]
mod users;

pub use crate::{
    every_adapter::every_adapter,
    repositories::{Kept, in_memory, sqlite},
};
