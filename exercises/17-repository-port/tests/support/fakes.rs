//! A storage that only a test would write. A port does not care who is behind it, so what hardly ever happens can be made
//! to happen.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{error::Error, iter::successors};

use async_trait::async_trait;

use crate::desk::{
    application::ports::{
        Catalogue, InsertError, OrderRepository, StorageError, UpdateError,
    },
    domain::{CustomerId, Order, OrderId, Product, Sku},
};

// ANCHOR: broken
/// A storage that fails, whatever it is asked.
#[derive(Debug)]
pub struct Broken;

pub fn disk_full() -> StorageError {
    StorageError::new("the disk is full")
}

#[async_trait]
impl Catalogue for Broken {
    async fn find(&self, _sku: &Sku) -> Result<Option<Product>, StorageError> {
        Err(disk_full())
    }
}
// ANCHOR_END: broken

#[async_trait]
impl OrderRepository for Broken {
    async fn find(&self, _id: OrderId) -> Result<Option<Order>, StorageError> {
        Err(disk_full())
    }

    async fn of_customer(
        &self,
        _customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        Err(disk_full())
    }

    async fn insert(&self, _order: &Order) -> Result<(), InsertError> {
        Err(disk_full().into())
    }

    async fn update(&self, _order: &Order) -> Result<(), UpdateError> {
        Err(disk_full().into())
    }
}

/// Holds that it failed because the disk is full. The log shows an error with all its causes, so one of them says it.
#[track_caller]
pub fn assert_disk_full(error: &(dyn Error + 'static)) {
    let causes: Vec<String> = successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    assert!(
        causes.iter().any(|cause| cause.contains("the disk is full")),
        "no cause says that the disk is full: {causes:?}"
    );
}
