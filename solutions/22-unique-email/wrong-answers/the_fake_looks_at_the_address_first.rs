// Caught by: contract::users::an_update_of_nobody_is_refused_and_makes_nobody::case_1_in_memory
// Replaces: src/adapters/in_memory.rs
//! Adapters that keep all in memory: for the tests of the use cases, and for trying things out. What they hold goes with
//! them.

use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use crate::{
    application::ports::{
        Catalogue, InsertError, InsertUserError, OrderRepository, StorageError,
        UpdateError, UserRepository,
    },
    domain::{CustomerId, Email, Order, OrderId, Product, Sku, User, UserId},
};
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

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        Ok(lock(&self.users).values().find(|user| user.email() == email).cloned())
    }

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        let mut users = lock(&self.users);
        if users.contains_key(&user.id()) {
            return Err(InsertUserError::SameId);
        }
        if email_is_taken(&users, user) {
            return Err(InsertUserError::EmailTaken);
        }
        users.insert(user.id(), user.clone());
        Ok(())
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        let mut users = lock(&self.users);
        if email_is_taken(&users, user) {
            return Err(StorageError::new("another user has this address").into());
        }
        update(&mut users, user.id(), user)
    }
}

/// Whether somebody else has the address of this user.
fn email_is_taken(users: &BTreeMap<UserId, User>, user: &User) -> bool {
    users.values().any(|known| known != user && known.email() == user.email())
}
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
        match lock(&self.orders).entry(order.id()) {
            Entry::Vacant(place) => {
                place.insert(order.clone());
                Ok(())
            }
            Entry::Occupied(_) => Err(InsertError::SameId),
        }
    }

    async fn update(&self, order: &Order) -> Result<(), UpdateError> {
        update(&mut lock(&self.orders), order.id(), order)
    }
}
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
fn update<K: Ord, V: Clone>(
    kept: &mut BTreeMap<K, V>,
    id: K,
    value: &V,
) -> Result<(), UpdateError> {
    match kept.get_mut(&id) {
        Some(known) => {
            *known = value.clone();
            Ok(())
        }
        None => Err(UpdateError::NotThere),
    }
}

/// Nothing that is done under the lock can leave half of a change, so a panic of another thread changes nothing for us.
fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
