//! The contract of the repositories, with the rules of addresses.

#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/users.rs"]
mod users;
mod addresses;
#[path = "../../../../18-sqlite-adapter/tests/chapter/contract/orders.rs"]
mod orders;
mod broken_adapters;

pub use crate::{
    every_adapter::every_adapter,
    repositories::{Kept, in_memory, sqlite},
};
