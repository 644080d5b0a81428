//! The contract of the repositories: what every adapter keeps, whatever is behind
//! it. One function for each rule.

mod users;
mod orders;
mod broken_adapters;

pub use crate::{
    every_adapter::every_adapter,
    repositories::{Kept, in_memory, sqlite},
};
