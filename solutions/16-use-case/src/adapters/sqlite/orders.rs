//! Orders, in the tables `orders` and `order_items`.

use sqlx::{FromRow, SqliteConnection};
use thiserror::Error;
use time::OffsetDateTime;

use super::unreadable;
use crate::domain::{
    Currency, CustomerId, Money, Order, OrderId, OrderItem, OrderState, Quantity,
    Sku,
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

    fn with_items(self, items: Vec<ItemRow>) -> Result<Order, sqlx::Error> {
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
    type Error = sqlx::Error;

    fn try_from(row: ItemRow) -> Result<Self, sqlx::Error> {
        Self::restore(
            Sku::new(&row.sku).map_err(unreadable)?,
            row.name,
            Money::from_minor(row.unit_price_cents, Currency::Eur),
            Quantity::new(row.quantity).map_err(unreadable)?,
        )
        .map_err(unreadable)
    }
}

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

// ANCHOR: find
/// The order with this id.
///
/// # Errors
/// When the database does not answer, or the rows are no order.
pub async fn find(
    connection: &mut SqliteConnection,
    id: OrderId,
) -> Result<Option<Order>, sqlx::Error> {
    let row: Option<OrderRow> = sqlx::query_as(
        "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
         FROM orders WHERE id = ?",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let items = items(connection, &row.id).await?;
    row.with_items(items).map(Some)
}
// ANCHOR_END: find

/// The orders of a customer, the newest first: one query for the orders, and one for the items of each.
///
/// # Errors
/// When the database does not answer, or a row is no order.
pub async fn of_customer(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Vec<Order>, sqlx::Error> {
    let rows: Vec<OrderRow> = sqlx::query_as(
        "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
         FROM orders WHERE customer_id = ? ORDER BY id DESC",
    )
    .bind(customer.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        let items = items(connection, &row.id).await?;
        orders.push(row.with_items(items)?);
    }
    Ok(orders)
}

async fn items(
    connection: &mut SqliteConnection,
    order_id: &str,
) -> Result<Vec<ItemRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT sku, name, quantity, unit_price_cents
         FROM order_items WHERE order_id = ? ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(connection)
    .await
}

// ANCHOR: insert
/// Writes a new order with its items. The transaction is the caller's.
///
/// # Errors
/// When the database does not do it.
pub async fn insert(
    connection: &mut SqliteConnection,
    order: &Order,
) -> Result<(), sqlx::Error> {
    let id = order.id().to_string();
    let [submitted_at, paid_at, shipped_at, cancelled_at] = times(order.state());
    sqlx::query(
        "INSERT INTO orders
             (id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&id)
    .bind(order.customer().to_string())
    .bind(order.state().name().as_str())
    .bind(submitted_at)
    .bind(paid_at)
    .bind(shipped_at)
    .bind(cancelled_at)
    .execute(&mut *connection)
    .await?;
    for (position, item) in (0_i64..).zip(order.items()) {
        sqlx::query(
            "INSERT INTO order_items
                 (order_id, position, sku, name, quantity, unit_price_cents)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
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
// ANCHOR_END: insert

/// Writes that an order has moved to another state. Its items are what they were when it was submitted.
///
/// # Errors
/// When the database does not do it.
pub async fn update(
    connection: &mut SqliteConnection,
    order: &Order,
) -> Result<(), sqlx::Error> {
    let [submitted_at, paid_at, shipped_at, cancelled_at] = times(order.state());
    sqlx::query(
        "UPDATE orders
         SET status = ?, submitted_at = ?, paid_at = ?, shipped_at = ?, cancelled_at = ?
         WHERE id = ?",
    )
    .bind(order.state().name().as_str())
    .bind(submitted_at)
    .bind(paid_at)
    .bind(shipped_at)
    .bind(cancelled_at)
    .bind(order.id().to_string())
    .execute(connection)
    .await?;
    Ok(())
}
