//! What the roastery knows and decides. Nothing in here reads a request or a row.

mod address;
mod contact;
mod currency;
mod customer;
mod dispatch;
mod email;
mod ids;
mod money;
mod order;
mod order_error;
mod product;
mod quantity;
mod state;
mod user;

pub use address::{Address, AddressError, AddressLines, Country};
pub use contact::{EmptyText, Name, Phone};
pub use currency::{Currency, UnknownCurrency};
pub use customer::{AddAddressError, Customer, NoSuchAddress, RemoveAddressError};
pub use dispatch::{DispatchError, Shipment, dispatch};
pub use email::{Email, EmailError};
pub use ids::{AddressId, CustomerId, InvalidId, OrderId, UserId};
pub use money::{Money, MoneyError};
pub use order::{Order, OrderItem};
pub use order_error::{
    AddItemError, CancelError, Meaning, PayError, ShipError, SubmitError,
};
pub use product::{Product, ProductError, Sku};
pub use quantity::{InvalidQuantity, Quantity};
pub use state::{OrderState, StateName};
pub use user::User;
