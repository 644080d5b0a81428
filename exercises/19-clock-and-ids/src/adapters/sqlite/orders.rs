//! Orders, in the tables `orders` and `order_items`.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use thiserror::Error;
use time::OffsetDateTime;

use super::{hit, not_inserted, unreadable};
use crate::{
    application::ports::{InsertError, OrderRepository, StorageError, UpdateError},
    domain::{
        Currency, CustomerId, Money, Order, OrderId, OrderItem, OrderState,
        Quantity, Sku,
    },
};

// ANCHOR: rows
/// A row of the table `orders`. Which of the times are there depends on the status.
#[derive(Debug, FromRow)]
struct OrderRow {
    id: String,
    customer_id: String,
    status: String,
    submitted_at: Option<OffsetDateTime>,
    paid_at: Option<OffsetDateTime>,
    shipped_at: Option<OffsetDateTime>,
    cancelled_at: Option<OffsetDateTime>,
}

/// A row of the table `order_items`. All prices are in euros.
#[derive(Debug, FromRow)]
struct ItemRow {
    sku: String,
    name: String,
    quantity: i64,
    unit_price_cents: i64,
}

/// A row of the table `order_items`, and the order that it belongs to.
#[derive(Debug, FromRow)]
struct ListedItemRow {
    order_id: String,
    #[sqlx(flatten)]
    item: ItemRow,
}
// ANCHOR_END: rows

/// The status and the times of a row fit no state.
#[derive(Debug, Error)]
#[error("an order cannot be {status:?} with these times")]
struct NoState {
    status: String,
}

impl OrderRow {
    // ANCHOR: state
    fn state(&self) -> Result<OrderState, NoState> {
        let times =
            (self.submitted_at, self.paid_at, self.shipped_at, self.cancelled_at);
        Ok(match (self.status.as_str(), times) {
            ("draft", (None, None, None, None)) => OrderState::Draft,
            ("submitted", (Some(at), None, None, None)) => {
                OrderState::Submitted { at }
            }
            ("paid", (Some(submitted_at), Some(at), None, None)) => {
                OrderState::Paid { submitted_at, at }
            }
            ("shipped", (Some(submitted_at), Some(paid_at), Some(at), None)) => {
                OrderState::Shipped { submitted_at, paid_at, at }
            }
            ("cancelled", (submitted_at, None, None, Some(at))) => {
                OrderState::Cancelled { submitted_at, at }
            }
            _ => return Err(NoState { status: self.status.clone() }),
        })
    }
    // ANCHOR_END: state

    fn with_items(self, items: Vec<ItemRow>) -> Result<Order, StorageError> {
        let state = self.state().map_err(unreadable)?;
        let items =
            items.into_iter().map(OrderItem::try_from).collect::<Result<_, _>>()?;
        Order::restore(
            self.id.parse().map_err(unreadable)?,
            self.customer_id.parse().map_err(unreadable)?,
            Currency::Eur,
            items,
            state,
        )
        .map_err(unreadable)
    }
}

impl TryFrom<ItemRow> for OrderItem {
    type Error = StorageError;

    fn try_from(row: ItemRow) -> Result<Self, StorageError> {
        Self::restore(
            Sku::new(&row.sku).map_err(unreadable)?,
            row.name,
            Money::from_minor(row.unit_price_cents, Currency::Eur),
            Quantity::new(row.quantity).map_err(unreadable)?,
        )
        .map_err(unreadable)
    }
}

// ANCHOR: euros
/// The tables have no column for a currency, so there is no row for this order.
#[derive(Debug, Error)]
#[error("an order in {0} cannot be kept: the tables are in euros")]
struct NotInEuros(Currency);

fn in_euros(order: &Order) -> Result<(), StorageError> {
    match order.currency() {
        Currency::Eur => Ok(()),
        other => Err(StorageError::new(NotInEuros(other))),
    }
}
// ANCHOR_END: euros

/// The times of a state, in the order of the columns.
fn times(state: OrderState) -> [Option<OffsetDateTime>; 4] {
    match state {
        OrderState::Draft => [None; 4],
        OrderState::Submitted { at } => [Some(at), None, None, None],
        OrderState::Paid { submitted_at, at } => {
            [Some(submitted_at), Some(at), None, None]
        }
        OrderState::Shipped { submitted_at, paid_at, at } => {
            [Some(submitted_at), Some(paid_at), Some(at), None]
        }
        OrderState::Cancelled { submitted_at, at } => {
            [submitted_at, None, None, Some(at)]
        }
    }
}

/// Orders in the database of a pool.
#[derive(Debug)]
pub struct SqliteOrders {
    pool: SqlitePool,
}

impl SqliteOrders {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

// ANCHOR: items
async fn with_items(
    connection: &mut SqliteConnection,
    row: OrderRow,
) -> Result<Order, StorageError> {
    let items = sqlx::query_as(
        "SELECT sku, name, quantity, unit_price_cents
         FROM order_items WHERE order_id = ? ORDER BY position",
    )
    .bind(&row.id)
    .fetch_all(connection)
    .await?;
    row.with_items(items)
}

async fn insert_items(
    connection: &mut SqliteConnection,
    order: &Order,
) -> Result<(), sqlx::Error> {
    for (position, item) in (0_i64..).zip(order.items()) {
        sqlx::query(
            "INSERT INTO order_items
                 (order_id, position, sku, name, quantity, unit_price_cents)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(order.id().to_string())
        .bind(position)
        .bind(item.sku().as_str())
        .bind(item.name())
        .bind(item.quantity().get())
        .bind(item.unit_price().minor())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
// ANCHOR_END: items

#[async_trait]
impl OrderRepository for SqliteOrders {
    // ANCHOR: find
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        // Both queries see the database as it was at the first.
        let mut transaction = self.pool.begin().await?;
        let row: Option<OrderRow> = sqlx::query_as(
            "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
             FROM orders WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *transaction)
        .await?;
        match row {
            Some(row) => with_items(&mut transaction, row).await.map(Some),
            None => Ok(None),
        }
    }
    // ANCHOR_END: find

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        let mut transaction = self.pool.begin().await?;
        let rows: Vec<OrderRow> = sqlx::query_as(
            "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
             FROM orders WHERE customer_id = ? ORDER BY id DESC",
        )
        .bind(customer.to_string())
        .fetch_all(&mut *transaction)
        .await?;
        let items: Vec<ListedItemRow> = sqlx::query_as(
            "SELECT order_id, sku, name, quantity, unit_price_cents
             FROM order_items
             WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?)
             ORDER BY order_id, position",
        )
        .bind(customer.to_string())
        .fetch_all(&mut *transaction)
        .await?;
        let mut items_of = HashMap::<_, Vec<_>>::new();
        for ListedItemRow { order_id, item } in items {
            items_of.entry(order_id).or_default().push(item);
        }
        rows.into_iter()
            .map(|row| {
                let items = items_of.remove(&row.id).unwrap_or_default();
                row.with_items(items)
            })
            .collect()
    }

    // ANCHOR: insert
    async fn insert(&self, order: &Order) -> Result<(), InsertError> {
        in_euros(order)?;
        let [submitted_at, paid_at, shipped_at, cancelled_at] =
            times(order.state());
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO orders
                 (id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(order.id().to_string())
        .bind(order.customer().to_string())
        .bind(order.state().name().as_str())
        .bind(submitted_at)
        .bind(paid_at)
        .bind(shipped_at)
        .bind(cancelled_at)
        .execute(&mut *transaction)
        .await
        .map_err(not_inserted)?;
        insert_items(&mut transaction, order).await?;
        transaction.commit().await?;
        Ok(())
    }
    // ANCHOR_END: insert

    // ANCHOR: update
    async fn update(&self, order: &Order) -> Result<(), UpdateError> {
        in_euros(order)?;
        let id = order.id().to_string();
        let [submitted_at, paid_at, shipped_at, cancelled_at] =
            times(order.state());
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE orders
             SET customer_id = ?, status = ?,
                 submitted_at = ?, paid_at = ?, shipped_at = ?, cancelled_at = ?
             WHERE id = ?",
        )
        .bind(order.customer().to_string())
        .bind(order.state().name().as_str())
        .bind(submitted_at)
        .bind(paid_at)
        .bind(shipped_at)
        .bind(cancelled_at)
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
        hit(&done)?;
        sqlx::query("DELETE FROM order_items WHERE order_id = ?")
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        insert_items(&mut transaction, order).await?;
        transaction.commit().await?;
        Ok(())
    }
    // ANCHOR_END: update
}
