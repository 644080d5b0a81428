// Caught by: clock::a_use_case_looks_at_the_clock_once
// Replaces: src/application/order_desk.rs
//! The order desk: orders are placed, repeated, read and cancelled.

use std::sync::Arc;

use thiserror::Error;

use super::ports::{
    Catalogue, Clock, Ids, OrderRepository, StorageError, UpdateError,
    UserRepository,
};
use crate::domain::{
    AddItemError, CancelError, Currency, CustomerId, Order, OrderId, OrderItem,
    Quantity, Sku, SubmitError,
};

// ANCHOR: desk
/// What customers do with their orders, in the web shop or by telephone.
#[derive(Debug, Clone)]
pub struct OrderDesk {
    users: Arc<dyn UserRepository>,
    orders: Arc<dyn OrderRepository>,
    catalogue: Arc<dyn Catalogue>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl OrderDesk {
    /// An order desk for these users that keeps its orders here, offers what this
    /// catalogue does, goes by this clock and gives out these ids.
    pub fn new(
        users: Arc<dyn UserRepository>,
        orders: Arc<dyn OrderRepository>,
        catalogue: Arc<dyn Catalogue>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self { users, orders, catalogue, clock, ids }
    }
}
// ANCHOR_END: desk

// ANCHOR: command
/// A customer wants something.
#[derive(Debug, Clone)]
pub struct PlaceOrder {
    pub customer: CustomerId,
    pub lines: Vec<Line>,
}

/// What, and how much of it. What it costs, the catalogue says.
#[derive(Debug, Clone)]
pub struct Line {
    pub sku: Sku,
    pub quantity: Quantity,
}
// ANCHOR_END: command

impl From<&OrderItem> for Line {
    fn from(item: &OrderItem) -> Self {
        Self { sku: item.sku().clone(), quantity: item.quantity() }
    }
}

// ANCHOR: place_error
/// Why an order cannot be placed.
#[derive(Debug, Error)]
pub enum PlaceOrderError {
    #[error("there is no user {0}")]
    NoSuchCustomer(CustomerId),
    #[error("a deactivated user cannot order")]
    Deactivated,
    #[error("there is no product {0}")]
    NoSuchProduct(Sku),
    #[error(transparent)]
    AddItem(#[from] AddItemError),
    #[error(transparent)]
    Submit(#[from] SubmitError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}
// ANCHOR_END: place_error

/// Why an order cannot be had again.
#[derive(Debug, Error)]
pub enum RepeatOrderError {
    #[error("there is no order {0}")]
    NoSuchOrder(OrderId),
    #[error(transparent)]
    Place(#[from] PlaceOrderError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why an order cannot be taken back.
#[derive(Debug, Error)]
pub enum CancelOrderError {
    #[error("there is no order {0}")]
    NoSuchOrder(OrderId),
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl OrderDesk {
    // ANCHOR: place
    /// Places an order: all its lines, at the prices of this moment.
    ///
    /// # Errors
    /// [`PlaceOrderError`]. Nothing is kept then.
    pub async fn place(
        &self,
        wanted: PlaceOrder,
    ) -> Result<Order, PlaceOrderError> {
        let user = self.users.find(wanted.customer.user()).await?;
        let user = user.ok_or(PlaceOrderError::NoSuchCustomer(wanted.customer))?;
        if !user.can_place_order() {
            return Err(PlaceOrderError::Deactivated);
        }
        let id = OrderId::new(self.ids.next());
        let mut order = Order::draft(id, wanted.customer, Currency::Eur);
        for Line { sku, quantity } in wanted.lines {
            let product = self.catalogue.find(&sku).await?;
            let product = product.ok_or(PlaceOrderError::NoSuchProduct(sku))?;
            order.add_item(&product, quantity)?;
        }
        order.submit(self.clock.now())?;
        self.orders.insert(&order).await.map_err(StorageError::from)?;
        Ok(order)
    }
    // ANCHOR_END: place

    // ANCHOR: repeat
    /// Places an order with the same lines as this one, at the prices of this moment.
    ///
    /// # Errors
    /// [`RepeatOrderError`]. Nothing is kept then.
    pub async fn repeat(&self, id: OrderId) -> Result<Order, RepeatOrderError> {
        let order =
            self.find(id).await?.ok_or(RepeatOrderError::NoSuchOrder(id))?;
        let lines = order.items().iter().map(Line::from).collect();
        Ok(self.place(PlaceOrder { customer: order.customer(), lines }).await?)
    }
    // ANCHOR_END: repeat

    /// The order with this id, if there is one.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        self.orders.find(id).await
    }

    // ANCHOR: cancel
    /// Takes an order back.
    ///
    /// # Errors
    /// [`CancelOrderError`]. The order is then as it was.
    pub async fn cancel(&self, id: OrderId) -> Result<Order, CancelOrderError> {
        let order = self.orders.find(id).await?;
        let mut order = order.ok_or(CancelOrderError::NoSuchOrder(id))?;
        order.cancel(self.clock.now())?;
        let taken_back_at = self.clock.now();
        tracing::debug!(%id, at = %taken_back_at, "taken back");
        self.orders.update(&order).await.map_err(|error| match error {
            UpdateError::NotThere => CancelOrderError::NoSuchOrder(id),
            UpdateError::Storage(error) => error.into(),
        })?;
        Ok(order)
    }
    // ANCHOR_END: cancel

    /// The orders of a customer, the newest first. `None`: there is no such customer.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Option<Vec<Order>>, StorageError> {
        if self.users.find(customer.user()).await?.is_none() {
            return Ok(None);
        }
        self.orders.of_customer(customer).await.map(Some)
    }
}
