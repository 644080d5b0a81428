//! Repositories with nothing in them, and what a test of theirs begins and ends with.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{collections::BTreeSet, fmt::Debug, sync::Arc};

use sqlx::SqlitePool;

use crate::{
    desk::{
        adapters::{
            in_memory::{InMemoryOrders, InMemoryUsers},
            sqlite::{SqliteOrders, SqliteUsers},
        },
        application::ports::{OrderRepository, UserRepository},
        domain::{Order, OrderId, User},
    },
    samples_of_orders::{all_of, all_of_user, customer, user},
    service::Scratch,
};

// ANCHOR: adapters
/// Repositories of one adapter, with nothing in them.
#[derive(Debug)]
pub struct Kept {
    pub users: Arc<dyn UserRepository>,
    pub orders: Arc<dyn OrderRepository>,
    /// What goes when the test is over.
    pub _scratch: Option<Arc<dyn Debug + Send + Sync>>,
}

pub async fn in_memory() -> Kept {
    Kept {
        users: Arc::new(InMemoryUsers::default()),
        orders: Arc::new(InMemoryOrders::default()),
        _scratch: None,
    }
}

pub async fn sqlite() -> Kept {
    let scratch = Scratch::new();
    Kept { _scratch: Some(Arc::new(scratch.clone())), ..on(&scratch.pool()) }
}

/// The repositories of this database.
pub fn on(pool: &SqlitePool) -> Kept {
    Kept {
        users: Arc::new(SqliteUsers::new(pool.clone())),
        orders: Arc::new(SqliteOrders::new(pool.clone())),
        _scratch: None,
    }
}
// ANCHOR_END: adapters

impl Kept {
    pub async fn with_users<const N: usize>(self, users: [&User; N]) -> Self {
        for user in users {
            self.users.insert(user).await.expect("a new user is kept");
        }
        self
    }

    /// Holds that this is what is kept of the user.
    pub async fn assert_user(&self, user: &User, why: &str) {
        let found = self.users.find(user.id()).await.expect("an answer");
        assert_eq!(
            found.as_ref().map(all_of_user),
            Some(all_of_user(user)),
            "{why}"
        );
    }

    pub async fn with_orders<const N: usize>(self, orders: [&Order; N]) -> Self {
        for order in orders {
            self.orders.insert(order).await.expect("a new order is kept");
        }
        self
    }

    /// Ada and Bo, who have accounts: an order is somebody's.
    pub async fn with_customers(self) -> (Self, User, User) {
        let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
        for user in [&ada, &bo] {
            self.users.insert(user).await.expect("a new user is kept");
        }
        (self, ada, bo)
    }

    /// Holds that this is what is kept of the order.
    pub async fn assert_order(&self, order: &Order, why: &str) {
        let found = self.orders.find(order.id()).await.expect("an answer");
        assert_eq!(found.as_ref().map(all_of), Some(all_of(order)), "{why}");
    }

    /// Which orders are listed as those of this user.
    pub async fn ids_of(&self, user: &User) -> BTreeSet<OrderId> {
        let listed = self.orders.of_customer(customer(user)).await;
        listed.expect("an answer").iter().map(Order::id).collect()
    }
}
