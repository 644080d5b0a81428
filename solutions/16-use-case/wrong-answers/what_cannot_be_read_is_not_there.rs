// Caught by: on_purpose::whoever_orders_is_not_to_blame_for_a_broken_row
// Replaces: src/application/order_desk.rs
//! The order desk: orders are placed, repeated, read and cancelled.

use sqlx::SqlitePool;
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    adapters::sqlite,
    domain::{
        AddItemError, CancelError, Currency, CustomerId, Order, OrderId, OrderItem,
        Quantity, Sku, SubmitError,
    },
};

/// What customers do with their orders, in the web shop or by telephone.
#[derive(Debug, Clone)]
pub struct OrderDesk {
    pool: SqlitePool,
}
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

impl From<&OrderItem> for Line {
    fn from(item: &OrderItem) -> Self {
        Self { sku: item.sku().clone(), quantity: item.quantity() }
    }
}
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
    #[error("the database does not do it")]
    Storage(#[from] sqlx::Error),
}

/// Why an order cannot be had again.
#[derive(Debug, Error)]
pub enum RepeatOrderError {
    #[error("there is no order {0}")]
    NoSuchOrder(OrderId),
    #[error(transparent)]
    Place(#[from] PlaceOrderError),
    #[error("the database does not do it")]
    Storage(#[from] sqlx::Error),
}

/// Why an order cannot be taken back.
#[derive(Debug, Error)]
pub enum CancelOrderError {
    #[error("there is no order {0}")]
    NoSuchOrder(OrderId),
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error("the database does not do it")]
    Storage(#[from] sqlx::Error),
}

impl OrderDesk {
    /// An order desk that keeps its orders in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
    /// Places an order: all its lines, at the prices of this moment.
    ///
    /// # Errors
    /// [`PlaceOrderError`]. Nothing is written then.
    pub async fn place(
        &self,
        wanted: PlaceOrder,
    ) -> Result<Order, PlaceOrderError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let user =
            sqlite::users::find(&mut transaction, wanted.customer.user()).await?;
        let user = user.ok_or(PlaceOrderError::NoSuchCustomer(wanted.customer))?;
        if !user.can_place_order() {
            return Err(PlaceOrderError::Deactivated);
        }
        let id = OrderId::new(Uuid::now_v7());
        let mut order = Order::draft(id, wanted.customer, Currency::Eur);
        for Line { sku, quantity } in wanted.lines {
            let Ok(Some(product)) =
                sqlite::products::find(&mut transaction, &sku).await
            else {
                return Err(PlaceOrderError::NoSuchProduct(sku));
            };
            order.add_item(&product, quantity)?;
        }
        order.submit(OffsetDateTime::now_utc())?;
        sqlite::orders::insert(&mut transaction, &order).await?;
        transaction.commit().await?;
        Ok(order)
    }
    /// Places an order with the same lines as this one, at the prices of this moment.
    ///
    /// # Errors
    /// [`RepeatOrderError`]. Nothing is written then.
    pub async fn repeat(&self, id: OrderId) -> Result<Order, RepeatOrderError> {
        let order =
            self.find(id).await?.ok_or(RepeatOrderError::NoSuchOrder(id))?;
        let lines = order.items().iter().map(Line::from).collect();
        Ok(self.place(PlaceOrder { customer: order.customer(), lines }).await?)
    }

    /// The order with this id, if there is one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find(&self, id: OrderId) -> Result<Option<Order>, sqlx::Error> {
        let mut connection = self.pool.acquire().await?;
        sqlite::orders::find(&mut connection, id).await
    }
    /// Takes an order back.
    ///
    /// # Errors
    /// [`CancelOrderError`]. The order is then as it was.
    pub async fn cancel(&self, id: OrderId) -> Result<Order, CancelOrderError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let order = sqlite::orders::find(&mut transaction, id).await?;
        let mut order = order.ok_or(CancelOrderError::NoSuchOrder(id))?;
        order.cancel(OffsetDateTime::now_utc())?;
        sqlite::orders::update(&mut transaction, &order).await?;
        transaction.commit().await?;
        Ok(order)
    }

    /// The orders of a customer, the newest first. `None`: there is no such customer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Option<Vec<Order>>, sqlx::Error> {
        let mut connection = self.pool.acquire().await?;
        if sqlite::users::find(&mut connection, customer.user()).await?.is_none() {
            return Ok(None);
        }
        sqlite::orders::of_customer(&mut connection, customer).await.map(Some)
    }
}
