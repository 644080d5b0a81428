//! What people want from the order desk: its use cases, a method each, and the ports that they need.

mod accounts;
mod order_desk;
pub mod ports;

pub use accounts::{AccountError, Accounts, ChangeUser, RegisterUser};
pub use order_desk::{
    CancelOrderError, Line, OrderDesk, PlaceOrder, PlaceOrderError,
    RepeatOrderError,
};
