//! What people want from the order desk: its use cases, a method each.

mod accounts;
mod order_desk;

pub use accounts::{AccountError, Accounts, ChangeUser, RegisterUser};
pub use order_desk::{
    CancelOrderError, Line, OrderDesk, PlaceOrder, PlaceOrderError,
    RepeatOrderError,
};
