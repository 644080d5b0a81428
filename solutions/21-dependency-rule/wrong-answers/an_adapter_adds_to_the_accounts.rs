// Caught by: architecture::dependencies_point_inward_from::case_3_adapters
// Replaces: src/adapters/in_memory.rs
//! Adapters that keep all in memory: for the tests of the use cases, and for trying things out. What they hold goes with
//! them.

use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use super::system::RandomIds;
use crate::{
    application::{
        Accounts,
        ports::{
            Catalogue, InsertError, OrderRepository, StorageError, UpdateError,
            UserRepository,
        },
    },
    domain::{CustomerId, Order, OrderId, Product, Sku, User, UserId},
};

// ANCHOR: users
/// Users in memory.
#[derive(Debug, Default)]
pub struct InMemoryUsers {
    users: Mutex<BTreeMap<UserId, User>>,
}

#[async_trait]
impl UserRepository for InMemoryUsers {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        Ok(lock(&self.users).get(&id).cloned())
    }

    async fn insert(&self, user: &User) -> Result<(), InsertError> {
        insert(&self.users, user.id(), user)
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        update(&self.users, user.id(), user)
    }
}
// ANCHOR_END: users

// ANCHOR: orders
/// Orders in memory.
#[derive(Debug, Default)]
pub struct InMemoryOrders {
    orders: Mutex<BTreeMap<OrderId, Order>>,
}

#[async_trait]
impl OrderRepository for InMemoryOrders {
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        Ok(lock(&self.orders).get(&id).cloned())
    }

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        let orders = lock(&self.orders);
        let of_customer = |order: &&Order| order.customer() == customer;
        Ok(orders.values().rev().filter(of_customer).cloned().collect())
    }

    async fn insert(&self, order: &Order) -> Result<(), InsertError> {
        insert(&self.orders, order.id(), order)
    }

    async fn update(&self, order: &Order) -> Result<(), UpdateError> {
        update(&self.orders, order.id(), order)
    }
}
// ANCHOR_END: orders

// ANCHOR: catalogue
/// A catalogue in memory.
#[derive(Debug, Default)]
pub struct InMemoryCatalogue {
    products: Mutex<HashMap<Sku, Product>>,
}

impl InMemoryCatalogue {
    /// Offers a product, in the place of one with this sku if there is one.
    pub fn offer(&self, product: Product) {
        lock(&self.products).insert(product.sku().clone(), product);
    }

    /// Offers it no longer.
    pub fn take_away(&self, sku: &Sku) {
        lock(&self.products).remove(sku);
    }
}

#[async_trait]
impl Catalogue for InMemoryCatalogue {
    async fn find(&self, sku: &Sku) -> Result<Option<Product>, StorageError> {
        Ok(lock(&self.products).get(sku).cloned())
    }
}
// ANCHOR_END: catalogue

// ANCHOR: keep
fn insert<K: Ord, V: Clone>(
    kept: &Mutex<BTreeMap<K, V>>,
    id: K,
    value: &V,
) -> Result<(), InsertError> {
    match lock(kept).entry(id) {
        Entry::Vacant(place) => {
            place.insert(value.clone());
            Ok(())
        }
        Entry::Occupied(_) => Err(InsertError::SameId),
    }
}

fn update<K: Ord, V: Clone>(
    kept: &Mutex<BTreeMap<K, V>>,
    id: K,
    value: &V,
) -> Result<(), UpdateError> {
    match lock(kept).get_mut(&id) {
        Some(known) => {
            *known = value.clone();
            Ok(())
        }
        None => Err(UpdateError::NotThere),
    }
}
// ANCHOR_END: keep

impl Accounts {
    /// Accounts in memory, for whoever wants to try something out.
    pub fn in_memory() -> Self {
        Self::new(Arc::new(InMemoryUsers::default()), Arc::new(RandomIds))
    }
}

/// Nothing that is done under the lock can leave half of a change, so a panic of another thread changes nothing for us.
fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
