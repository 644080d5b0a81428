//! How this chapter builds its use cases: with a stopped clock, and ids from 1 on.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::sync::Arc;

use crate::{
    desk::application::{
        Accounts, OrderDesk,
        ports::{Catalogue, OrderRepository, UserRepository},
    },
    fixed::{Counted, StoppedClock},
};

pub fn accounts(users: Arc<dyn UserRepository>) -> Accounts {
    Accounts::new(users, Arc::new(Counted::default()))
}

pub fn order_desk(
    users: Arc<dyn UserRepository>,
    orders: Arc<dyn OrderRepository>,
    catalogue: Arc<dyn Catalogue>,
) -> OrderDesk {
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    OrderDesk::new(users, orders, catalogue, clock, ids)
}
