//! The contract of the repositories: what every adapter keeps, whatever is behind
//! it. One function for each rule.

mod evil;
mod orders;
mod users;

pub use crate::{
    every_adapter::every_adapter,
    repositories::{Kept, in_memory, sqlite},
};
