// Caught by: orders::twenty_orders_at_once_are_all_placed, orders::twenty_at_once_wait_for_their_turn::case_1_taken_by_telephone, orders::twenty_at_once_wait_for_their_turn::case_3_cancelled
//! Orders: taken in the web shop or by telephone, repeated, read, cancelled.

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    error::ApiError,
    extract::{Json, Path},
};

// ANCHOR: router
/// The routes of this feature, for every state that has a pool in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SqlitePool: FromRef<S>,
{
    Router::new()
        .route("/orders", post(place_order))
        .route("/orders/{id}", get(get_order))
        .route("/orders/{id}/cancel", post(cancel_order))
        .route("/orders/{id}/repeat", post(repeat_order))
        .route("/staff/orders", post(take_order_by_telephone))
        .route("/users/{id}/orders", get(list_orders))
}
// ANCHOR_END: router

// ANCHOR: entity
/// An order as the service keeps it, without its items.
#[derive(Debug, FromRow)]
struct Order {
    id: String,
    /// The id of the user who orders.
    customer_id: String,
    /// `submitted` or `cancelled`.
    status: String,
    /// UTC, as RFC 3339 writes it.
    submitted_at: String,
}

/// One line of an order, with name and price as they were when it was placed.
#[derive(Debug, FromRow)]
struct OrderItem {
    sku: String,
    name: String,
    quantity: i64,
    unit_price_cents: i64,
}
// ANCHOR_END: entity

/// The body of `POST /orders` and of `POST /staff/orders`.
#[derive(Debug, Deserialize)]
struct PlaceOrder {
    customer_id: String,
    items: Vec<Line>,
}

/// What somebody wants, and how much of it. What it costs, the catalogue says.
#[derive(Debug, Deserialize)]
struct Line {
    sku: String,
    quantity: i64,
}

/// An order as clients see it.
#[derive(Debug, Serialize)]
struct OrderResponse {
    id: String,
    customer_id: String,
    status: String,
    items: Vec<ItemResponse>,
    total_cents: i64,
    submitted_at: String,
}

/// A line of an order as clients see it.
#[derive(Debug, Serialize)]
struct ItemResponse {
    sku: String,
    name: String,
    quantity: i64,
    unit_price_cents: i64,
    subtotal_cents: i64,
}

impl From<OrderItem> for ItemResponse {
    fn from(item: OrderItem) -> Self {
        Self {
            subtotal_cents: item.quantity * item.unit_price_cents,
            sku: item.sku,
            name: item.name,
            quantity: item.quantity,
            unit_price_cents: item.unit_price_cents,
        }
    }
}

impl OrderResponse {
    fn new(order: Order, items: Vec<OrderItem>) -> Self {
        let items: Vec<ItemResponse> = items.into_iter().map(Into::into).collect();
        Self {
            id: order.id,
            customer_id: order.customer_id,
            status: order.status,
            total_cents: items.iter().map(|item| item.subtotal_cents).sum(),
            items,
            submitted_at: order.submitted_at,
        }
    }
}

/// The orders of a customer, the newest first.
#[derive(Debug, Serialize)]
struct OrdersResponse {
    items: Vec<OrderResponse>,
}

// ANCHOR: place
async fn place_order(
    State(pool): State<SqlitePool>,
    Json(new): Json<PlaceOrder>,
) -> Result<impl IntoResponse, ApiError> {
    check_lines(&new.items)?;
    let mut transaction = pool.begin().await?;
    check_customer(&mut transaction, &new.customer_id).await?;
    let mut items = Vec::new();
    for line in &new.items {
        let item = price_today(&mut transaction, line).await?;
        items.push(item.ok_or(NO_SUCH_PRODUCT)?);
    }
    let order = insert_order(&mut transaction, new.customer_id, items).await?;
    transaction.commit().await?;
    Ok(created(order))
}
// ANCHOR_END: place

// ANCHOR: telephone
async fn take_order_by_telephone(
    State(pool): State<SqlitePool>,
    Json(new): Json<PlaceOrder>,
) -> Result<impl IntoResponse, ApiError> {
    check_lines(&new.items)?;
    let mut transaction = pool.begin().await?;
    check_customer(&mut transaction, &new.customer_id).await?;
    let mut items = Vec::new();
    for line in &new.items {
        let item = price_today(&mut transaction, line).await?;
        items.push(item.ok_or(NO_SUCH_PRODUCT)?);
    }
    let order = insert_order(&mut transaction, new.customer_id, items).await?;
    transaction.commit().await?;
    Ok(created(order))
}
// ANCHOR_END: telephone

// ANCHOR: repeat
async fn repeat_order(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let mut transaction = pool.begin().await?;
    // ANCHOR: copy
    let order: Option<Order> = sqlx::query_as(
        "INSERT INTO orders (id, customer_id, status, submitted_at)
         SELECT ?, customer_id, 'submitted', ? FROM orders WHERE id = ?
         RETURNING id, customer_id, status, submitted_at",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(now()?)
    .bind(&id)
    .fetch_optional(&mut *transaction)
    .await?;
    let order = order.ok_or(ApiError::NotFound("order"))?;
    // ANCHOR_END: copy
    check_customer(&mut transaction, &order.customer_id).await?;
    let gone: Option<String> = sqlx::query_scalar(
        "SELECT sku FROM order_items
         WHERE order_id = ? AND sku NOT IN (SELECT sku FROM products)
         ORDER BY position LIMIT 1",
    )
    .bind(&id)
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(sku) = gone {
        return Err(ApiError::Conflict(format!(
            "There is no product {sku} any more"
        )));
    }
    sqlx::query(
        "INSERT INTO order_items
             (order_id, position, sku, name, quantity, unit_price_cents)
         SELECT ?, item.position, item.sku, product.name, item.quantity, product.price_cents
         FROM order_items AS item JOIN products AS product USING (sku)
         WHERE item.order_id = ?",
    )
    .bind(&order.id)
    .bind(&id)
    .execute(&mut *transaction)
    .await?;
    let items = items_of(&mut transaction, &order.id).await?;
    let order = OrderResponse::new(order, items);
    transaction.commit().await?;
    Ok(created(order))
}
// ANCHOR_END: repeat

async fn get_order(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
) -> Result<Json<OrderResponse>, ApiError> {
    let mut connection = pool.acquire().await?;
    let order = find_order(&mut connection, &id).await?;
    let items = items_of(&mut connection, &id).await?;
    Ok(Json(OrderResponse::new(order, items)))
}

// ANCHOR: cancel
async fn cancel_order(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
) -> Result<Json<OrderResponse>, ApiError> {
    let mut transaction = pool.begin().await?;
    let mut order = find_order(&mut transaction, &id).await?;
    if order.status == "cancelled" {
        return Err(ApiError::Conflict(
            "The order is cancelled already".to_owned(),
        ));
    }
    order.status = "cancelled".to_owned();
    sqlx::query("UPDATE orders SET status = ? WHERE id = ?")
        .bind(&order.status)
        .bind(&order.id)
        .execute(&mut *transaction)
        .await?;
    let items = items_of(&mut transaction, &id).await?;
    transaction.commit().await?;
    Ok(Json(OrderResponse::new(order, items)))
}
// ANCHOR_END: cancel

// ANCHOR: list
/// One query for the orders, and one for the items of each.
async fn list_orders(
    State(pool): State<SqlitePool>,
    Path(customer_id): Path<String>,
) -> Result<Json<OrdersResponse>, ApiError> {
    let mut connection = pool.acquire().await?;
    let known: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE id = ?)")
            .bind(&customer_id)
            .fetch_one(&mut *connection)
            .await?;
    if !known {
        return Err(ApiError::NotFound("user"));
    }
    let orders: Vec<Order> = sqlx::query_as(
        "SELECT id, customer_id, status, submitted_at
         FROM orders WHERE customer_id = ? ORDER BY id DESC",
    )
    .bind(&customer_id)
    .fetch_all(&mut *connection)
    .await?;
    let mut responses = Vec::new();
    for order in orders {
        let items = items_of(&mut connection, &order.id).await?;
        responses.push(OrderResponse::new(order, items));
    }
    Ok(Json(OrdersResponse { items: responses }))
}
// ANCHOR_END: list

// ANCHOR: check_customer
/// Who may order: a user who is there and has not been deactivated.
async fn check_customer(
    connection: &mut SqliteConnection,
    id: &str,
) -> Result<(), ApiError> {
    let active: Option<bool> =
        sqlx::query_scalar("SELECT active FROM users WHERE id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    match active {
        Some(true) => Ok(()),
        Some(false) => {
            Err(ApiError::Conflict("A deactivated user cannot order".to_owned()))
        }
        None => Err(NO_SUCH_CUSTOMER),
    }
}
// ANCHOR_END: check_customer

// ANCHOR: check_lines
/// There is something to order, and a quantity that the roastery can deliver.
fn check_lines(lines: &[Line]) -> Result<(), ApiError> {
    if lines.is_empty() {
        return Err(ApiError::InvalidField { field: "items", problem: "is empty" });
    }
    if lines.iter().any(|line| !(1..=1000).contains(&line.quantity)) {
        return Err(ApiError::InvalidField {
            field: "quantity",
            problem: "is not between 1 and 1000",
        });
    }
    Ok(())
}
// ANCHOR_END: check_lines

const NO_SUCH_CUSTOMER: ApiError =
    ApiError::InvalidField { field: "customer_id", problem: "names no user" };

const NO_SUCH_PRODUCT: ApiError =
    ApiError::InvalidField { field: "sku", problem: "names no product" };

// ANCHOR: price_today
/// The line with the name and the price that the catalogue has now. `None`: it has no such product.
async fn price_today(
    connection: &mut SqliteConnection,
    line: &Line,
) -> Result<Option<OrderItem>, ApiError> {
    let item = sqlx::query_as(
        "SELECT sku, name, price_cents AS unit_price_cents, ? AS quantity
         FROM products WHERE sku = ?",
    )
    .bind(line.quantity)
    .bind(&line.sku)
    .fetch_optional(connection)
    .await?;
    Ok(item)
}
// ANCHOR_END: price_today

/// Writes a new order with its items. The transaction is the caller's.
async fn insert_order(
    connection: &mut SqliteConnection,
    customer_id: String,
    items: Vec<OrderItem>,
) -> Result<OrderResponse, ApiError> {
    let order = Order {
        id: Uuid::now_v7().to_string(),
        customer_id,
        status: "submitted".to_owned(),
        submitted_at: now()?,
    };
    sqlx::query(
        "INSERT INTO orders (id, customer_id, status, submitted_at)
         VALUES (?, ?, ?, ?)",
    )
    .bind(&order.id)
    .bind(&order.customer_id)
    .bind(&order.status)
    .bind(&order.submitted_at)
    .execute(&mut *connection)
    .await?;
    for (position, item) in (0_i64..).zip(&items) {
        sqlx::query(
            "INSERT INTO order_items
                 (order_id, position, sku, name, quantity, unit_price_cents)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&order.id)
        .bind(position)
        .bind(&item.sku)
        .bind(&item.name)
        .bind(item.quantity)
        .bind(item.unit_price_cents)
        .execute(&mut *connection)
        .await?;
    }
    Ok(OrderResponse::new(order, items))
}

/// The time, as the database keeps it.
fn now() -> Result<String, ApiError> {
    OffsetDateTime::now_utc().format(&Rfc3339).map_err(ApiError::internal)
}

async fn find_order(
    connection: &mut SqliteConnection,
    id: &str,
) -> Result<Order, ApiError> {
    let order: Option<Order> = sqlx::query_as(
        "SELECT id, customer_id, status, submitted_at FROM orders WHERE id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    order.ok_or(ApiError::NotFound("order"))
}

async fn items_of(
    connection: &mut SqliteConnection,
    order_id: &str,
) -> Result<Vec<OrderItem>, ApiError> {
    let items = sqlx::query_as(
        "SELECT sku, name, quantity, unit_price_cents
         FROM order_items WHERE order_id = ? ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(connection)
    .await?;
    Ok(items)
}

fn created(order: OrderResponse) -> impl IntoResponse {
    let location = format!("/orders/{}", order.id);
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(order))
}
