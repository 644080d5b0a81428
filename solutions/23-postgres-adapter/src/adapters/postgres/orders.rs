//! Orders, in the tables `orders` and `order_items`.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::{FromRow, PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    adapters::sql::{self, hit, in_euros, not_inserted, times, unreadable},
    application::ports::{InsertError, OrderRepository, StorageError, UpdateError},
    domain::{
        Currency, CustomerId, Money, Order, OrderId, OrderItem, Quantity, Sku,
    },
};

// ANCHOR: rows
/// A row of the table `orders`. Which of the times are there depends on the status.
#[derive(Debug, FromRow)]
struct OrderRow {
    id: Uuid,
    customer_id: Uuid,
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
    order_id: Uuid,
    #[sqlx(flatten)]
    item: ItemRow,
}
// ANCHOR_END: rows

impl OrderRow {
    fn with_items(self, items: Vec<ItemRow>) -> Result<Order, StorageError> {
        let times =
            [self.submitted_at, self.paid_at, self.shipped_at, self.cancelled_at];
        let state = sql::state(&self.status, times).map_err(unreadable)?;
        let items =
            items.into_iter().map(OrderItem::try_from).collect::<Result<_, _>>()?;
        Order::restore(
            OrderId::new(self.id),
            CustomerId::new(self.customer_id),
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

/// Orders in the database of a pool.
#[derive(Debug)]
pub struct PostgresOrders {
    pool: PgPool,
}

impl PostgresOrders {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

// ANCHOR: one_moment
/// All queries of this transaction see the database as it is at the first. After a plain `BEGIN`, each sees it as it is
/// at that query.
const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
// ANCHOR_END: one_moment

// ANCHOR: items
async fn with_items(
    connection: &mut PgConnection,
    row: OrderRow,
) -> Result<Order, StorageError> {
    let items = sqlx::query_as(
        "SELECT sku, name, quantity, unit_price_cents
         FROM order_items WHERE order_id = $1 ORDER BY position",
    )
    .bind(row.id)
    .fetch_all(connection)
    .await?;
    row.with_items(items)
}

async fn insert_items(
    connection: &mut PgConnection,
    order: &Order,
) -> Result<(), sqlx::Error> {
    for (position, item) in (0_i64..).zip(order.items()) {
        sqlx::query(
            "INSERT INTO order_items
                 (order_id, position, sku, name, quantity, unit_price_cents)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(order.id().uuid())
        .bind(position)
        .bind(item.sku().as_str())
        .bind(item.name())
        .bind(i64::from(item.quantity().get()))
        .bind(item.unit_price().minor())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
// ANCHOR_END: items

#[async_trait]
impl OrderRepository for PostgresOrders {
    // ANCHOR: find
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        let mut transaction = self.pool.begin_with(ONE_MOMENT).await?;
        let row: Option<OrderRow> = sqlx::query_as(
            "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
             FROM orders WHERE id = $1",
        )
        .bind(id.uuid())
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
        let mut transaction = self.pool.begin_with(ONE_MOMENT).await?;
        let rows: Vec<OrderRow> = sqlx::query_as(
            "SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at
             FROM orders WHERE customer_id = $1 ORDER BY id DESC",
        )
        .bind(customer.uuid())
        .fetch_all(&mut *transaction)
        .await?;
        let items: Vec<ListedItemRow> = sqlx::query_as(
            "SELECT order_id, sku, name, quantity, unit_price_cents
             FROM order_items
             WHERE order_id IN (SELECT id FROM orders WHERE customer_id = $1)
             ORDER BY order_id, position",
        )
        .bind(customer.uuid())
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
        let mut transaction = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO orders
                 (id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(order.id().uuid())
        .bind(order.customer().uuid())
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
        let id = order.id().uuid();
        let [submitted_at, paid_at, shipped_at, cancelled_at] =
            times(order.state());
        let mut transaction = self.pool.begin().await?;
        let done = sqlx::query(
            "UPDATE orders
             SET customer_id = $1, status = $2,
                 submitted_at = $3, paid_at = $4, shipped_at = $5, cancelled_at = $6
             WHERE id = $7",
        )
        .bind(order.customer().uuid())
        .bind(order.state().name().as_str())
        .bind(submitted_at)
        .bind(paid_at)
        .bind(shipped_at)
        .bind(cancelled_at)
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        hit(done.rows_affected())?;
        sqlx::query("DELETE FROM order_items WHERE order_id = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        insert_items(&mut transaction, order).await?;
        transaction.commit().await?;
        Ok(())
    }
    // ANCHOR_END: update
}
