//! What the roastery knows and decides. Nothing in here reads a request or a row.

mod currency;
mod email;
mod money;

pub use currency::{Currency, UnknownCurrency};
pub use email::{Email, EmailError};
pub use money::{Money, MoneyError};
