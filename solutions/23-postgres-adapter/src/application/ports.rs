//! Ports: what the use cases need from outside, in their own words. Adapters keep these promises.

use std::{error::Error, fmt::Debug};

use async_trait::async_trait;
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{
    CustomerId, Email, Order, OrderId, Product, Sku, User, UserId,
};

// ANCHOR: users
/// Where users are kept.
#[async_trait]
pub trait UserRepository: Debug + Send + Sync {
    /// The user with this id, as it was last written.
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError>;

    /// The user who has this address.
    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError>;

    /// Keeps a new user. Of two at once with the same address, one is kept.
    ///
    /// # Errors
    /// [`InsertUserError::SameId`] and [`InsertUserError::EmailTaken`] when there is a user with this id or this address
    /// already. That one stays as it is.
    async fn insert(&self, user: &User) -> Result<(), InsertUserError>;

    /// Keeps what a user has become.
    ///
    /// # Errors
    /// [`UpdateError::NotThere`] when there is no user with this id. None is made. No use case changes an address, so that
    /// another user has it is [`UpdateError::Storage`].
    async fn update(&self, user: &User) -> Result<(), UpdateError>;
}
// ANCHOR_END: users

// ANCHOR: orders
/// Where orders are kept, each with its items: all of it or nothing.
#[async_trait]
pub trait OrderRepository: Debug + Send + Sync {
    /// The order with this id, as it was last written.
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError>;

    /// The orders of a customer, the newest first: in falling order of their ids.
    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError>;

    /// Keeps a new order.
    ///
    /// # Errors
    /// [`InsertError::SameId`] when there is an order with this id already. That one stays as it is.
    async fn insert(&self, order: &Order) -> Result<(), InsertError>;

    /// Keeps what an order has become.
    ///
    /// # Errors
    /// [`UpdateError::NotThere`] when there is no order with this id. None is made.
    async fn update(&self, order: &Order) -> Result<(), UpdateError>;
}
// ANCHOR_END: orders

// ANCHOR: catalogue
/// What the roastery offers. An order needs no more of it than this.
#[async_trait]
pub trait Catalogue: Debug + Send + Sync {
    /// The product as it is offered now.
    async fn find(&self, sku: &Sku) -> Result<Option<Product>, StorageError>;
}
// ANCHOR_END: catalogue

// ANCHOR: products
/// A product as its own routes see it: data without a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRecord {
    pub sku: String,
    pub name: String,
    pub price_cents: i64,
}

/// Where the catalogue is kept, for those who write it.
#[async_trait]
pub trait ProductStore: Debug + Send + Sync {
    /// At most `limit` products behind this name and this sku: by name, then by sku, compared byte by byte.
    async fn list(
        &self,
        name: &str,
        sku: &str,
        limit: u16,
    ) -> Result<Vec<ProductRecord>, StorageError>;

    /// The product with this sku.
    async fn get(&self, sku: &str) -> Result<Option<ProductRecord>, StorageError>;

    /// Keeps a new product.
    ///
    /// # Errors
    /// [`InsertError::SameId`] when the sku is taken. That product stays as it is.
    async fn insert(&self, product: &ProductRecord) -> Result<(), InsertError>;

    /// Takes a product away, and tells whether there was one.
    async fn delete(&self, sku: &str) -> Result<bool, StorageError>;
}
// ANCHOR_END: products

// ANCHOR: clock
/// What time it is.
pub trait Clock: Debug + Send + Sync {
    /// Now, in UTC, in whole microseconds.
    fn now(&self) -> OffsetDateTime;
}
// ANCHOR_END: clock

// ANCHOR: ids
/// Where new ids come from.
pub trait Ids: Debug + Send + Sync {
    /// A number that it has not given before, and greater than those.
    fn next(&self) -> Uuid;
}
// ANCHOR_END: ids

// ANCHOR: errors
/// What is behind a port has failed: a full disk, a broken row. Nobody who called can do anything about it.
#[derive(Debug, Error)]
#[error("the storage failed")]
pub struct StorageError(#[source] Box<dyn Error + Send + Sync>);

/// Why a user was not inserted.
#[derive(Debug, Error)]
pub enum InsertUserError {
    #[error("the id is taken already")]
    SameId,
    #[error("the e-mail address is taken already")]
    EmailTaken,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why nothing was inserted.
#[derive(Debug, Error)]
pub enum InsertError {
    #[error("the id is taken already")]
    SameId,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why nothing was updated.
#[derive(Debug, Error)]
pub enum UpdateError {
    #[error("there is nothing with this id")]
    NotThere,
    #[error(transparent)]
    Storage(#[from] StorageError),
}
// ANCHOR_END: errors

impl StorageError {
    /// A failure with this cause.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// For a use case that has made a new id: that it is taken is no answer to anything that was asked.
impl From<InsertError> for StorageError {
    fn from(error: InsertError) -> Self {
        match error {
            InsertError::Storage(error) => error,
            InsertError::SameId => Self::new(error),
        }
    }
}
