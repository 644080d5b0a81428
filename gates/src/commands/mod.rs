//! What each command of `cargo gates` does.

pub mod carry;
pub mod check;
pub mod lock;
pub mod new;
