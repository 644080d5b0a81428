//! How this chapter builds its use cases.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::sync::Arc;

use crate::desk::application::{
    Accounts, OrderDesk,
    ports::{Catalogue, OrderRepository, UserRepository},
};

pub fn accounts(users: Arc<dyn UserRepository>) -> Accounts {
    Accounts::new(users)
}

pub fn order_desk(
    users: Arc<dyn UserRepository>,
    orders: Arc<dyn OrderRepository>,
    catalogue: Arc<dyn Catalogue>,
) -> OrderDesk {
    OrderDesk::new(users, orders, catalogue)
}
