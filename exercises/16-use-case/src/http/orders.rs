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
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    error::ApiError,
    extract::{Json, Path},
};
use crate::{
    application::{CancelOrderError, Line, OrderDesk, PlaceOrder},
    domain::{CancelError, CustomerId, Order, OrderId, OrderItem, Quantity, Sku},
};

// ANCHOR: router
/// The routes of this feature, for every state that has an order desk and a pool in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    OrderDesk: FromRef<S>,
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

// ANCHOR: request
/// The body of `POST /orders` and of `POST /staff/orders`.
#[derive(Debug, Deserialize)]
struct PlaceOrderRequest {
    customer_id: String,
    items: Vec<LineRequest>,
}

/// What somebody wants, and how much of it.
#[derive(Debug, Deserialize)]
struct LineRequest {
    sku: String,
    quantity: i64,
}

impl TryFrom<PlaceOrderRequest> for PlaceOrder {
    type Error = ApiError;

    fn try_from(body: PlaceOrderRequest) -> Result<Self, ApiError> {
        let lines =
            body.items.into_iter().map(Line::try_from).collect::<Result<_, _>>()?;
        let customer = body.customer_id.parse().map_err(|_| no_such_customer())?;
        Ok(Self { customer, lines })
    }
}

impl TryFrom<LineRequest> for Line {
    type Error = ApiError;

    fn try_from(line: LineRequest) -> Result<Self, ApiError> {
        let quantity = Quantity::new(line.quantity)
            .map_err(|error| ApiError::invalid("quantity", error))?;
        let sku = Sku::new(&line.sku).map_err(|_| no_such_product())?;
        Ok(Self { sku, quantity })
    }
}
// ANCHOR_END: request

// ANCHOR: response
/// An order as clients see it.
#[derive(Debug, Serialize)]
struct OrderResponse {
    id: String,
    customer_id: String,
    status: &'static str,
    items: Vec<ItemResponse>,
    total_cents: i64,
    #[serde(with = "time::serde::rfc3339::option")]
    submitted_at: Option<OffsetDateTime>,
}

/// A line of an order as clients see it.
#[derive(Debug, Serialize)]
struct ItemResponse {
    sku: String,
    name: String,
    quantity: u32,
    unit_price_cents: i64,
    subtotal_cents: i64,
}

impl From<&Order> for OrderResponse {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id().to_string(),
            customer_id: order.customer().to_string(),
            status: order.state().name().as_str(),
            items: order.items().iter().map(Into::into).collect(),
            total_cents: order.total().minor(),
            submitted_at: order.state().submitted_at(),
        }
    }
}

impl From<&OrderItem> for ItemResponse {
    fn from(item: &OrderItem) -> Self {
        Self {
            sku: item.sku().as_str().to_owned(),
            name: item.name().to_owned(),
            quantity: item.quantity().get(),
            unit_price_cents: item.unit_price().minor(),
            subtotal_cents: item.subtotal().minor(),
        }
    }
}
// ANCHOR_END: response

/// The orders of a customer, the newest first.
#[derive(Debug, Serialize)]
struct OrdersResponse {
    items: Vec<OrderResponse>,
}

// ANCHOR: place
async fn place_order(
    State(pool): State<SqlitePool>,
    Json(new): Json<PlaceOrderRequest>,
) -> Result<impl IntoResponse, ApiError> {
    check_lines(&new.items)?;
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    check_customer(&mut transaction, &new.customer_id).await?;
    let mut items = Vec::new();
    for line in &new.items {
        let item = price_today(&mut transaction, line).await?;
        items.push(item.ok_or_else(no_such_product)?);
    }
    let order = insert_order(&mut transaction, new.customer_id, items).await?;
    transaction.commit().await?;
    Ok(created(order))
}
// ANCHOR_END: place

// ANCHOR: telephone
async fn take_order_by_telephone(
    State(pool): State<SqlitePool>,
    Json(new): Json<PlaceOrderRequest>,
) -> Result<impl IntoResponse, ApiError> {
    check_lines(&new.items)?;
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    check_customer(&mut transaction, &new.customer_id).await?;
    let mut items = Vec::new();
    for line in &new.items {
        let item = price_today(&mut transaction, line).await?;
        items.push(item.ok_or_else(no_such_product)?);
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
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    // ANCHOR: copy
    let order: Option<OrderRow> = sqlx::query_as(
        "INSERT INTO orders (id, customer_id, status, submitted_at)
         SELECT ?, customer_id, 'submitted', ? FROM orders WHERE id = ?
         RETURNING id, customer_id, submitted_at",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(OffsetDateTime::now_utc())
    .bind(&id)
    .fetch_optional(&mut *transaction)
    .await?;
    let order = order.ok_or(NO_SUCH_ORDER)?;
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
    let order = order.with_items(items);
    transaction.commit().await?;
    Ok(created(order))
}
// ANCHOR_END: repeat

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
        None => Err(no_such_customer()),
    }
}
// ANCHOR_END: check_customer

// ANCHOR: check_lines
/// There is something to order, and a quantity that the roastery can deliver.
fn check_lines(lines: &[LineRequest]) -> Result<(), ApiError> {
    if lines.is_empty() {
        return Err(ApiError::invalid("items", "is empty"));
    }
    if lines.iter().any(|line| !(1..=1000).contains(&line.quantity)) {
        return Err(ApiError::invalid("quantity", "is not between 1 and 1000"));
    }
    Ok(())
}
// ANCHOR_END: check_lines

// ANCHOR: price_today
/// The line with the name and the price that the catalogue has now. `None`: it has no such product.
async fn price_today(
    connection: &mut SqliteConnection,
    line: &LineRequest,
) -> Result<Option<ItemRow>, ApiError> {
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

// ANCHOR: rows
/// A new order as it is written, without its items.
#[derive(Debug, FromRow)]
struct OrderRow {
    id: String,
    /// The id of the user who orders.
    customer_id: String,
    submitted_at: OffsetDateTime,
}

/// One line of an order, with name and price as they were when it was placed.
#[derive(Debug, FromRow)]
struct ItemRow {
    sku: String,
    name: String,
    quantity: u32,
    unit_price_cents: i64,
}

impl OrderRow {
    fn with_items(self, items: Vec<ItemRow>) -> OrderResponse {
        let items: Vec<ItemResponse> = items.into_iter().map(Into::into).collect();
        OrderResponse {
            id: self.id,
            customer_id: self.customer_id,
            status: "submitted",
            total_cents: items.iter().map(|item| item.subtotal_cents).sum(),
            items,
            submitted_at: Some(self.submitted_at),
        }
    }
}

impl From<ItemRow> for ItemResponse {
    fn from(item: ItemRow) -> Self {
        Self {
            // As much as there can be, where it is more than can be counted.
            subtotal_cents: i64::from(item.quantity)
                .saturating_mul(item.unit_price_cents),
            sku: item.sku,
            name: item.name,
            quantity: item.quantity,
            unit_price_cents: item.unit_price_cents,
        }
    }
}
// ANCHOR_END: rows

/// Writes a new order with its items. The transaction is the caller's.
async fn insert_order(
    connection: &mut SqliteConnection,
    customer_id: String,
    items: Vec<ItemRow>,
) -> Result<OrderResponse, ApiError> {
    let order = OrderRow {
        id: Uuid::now_v7().to_string(),
        customer_id,
        submitted_at: OffsetDateTime::now_utc(),
    };
    sqlx::query(
        "INSERT INTO orders (id, customer_id, status, submitted_at)
         VALUES (?, ?, 'submitted', ?)",
    )
    .bind(&order.id)
    .bind(&order.customer_id)
    .bind(order.submitted_at)
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
    Ok(order.with_items(items))
}

async fn items_of(
    connection: &mut SqliteConnection,
    order_id: &str,
) -> Result<Vec<ItemRow>, ApiError> {
    let items = sqlx::query_as(
        "SELECT sku, name, quantity, unit_price_cents
         FROM order_items WHERE order_id = ? ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(connection)
    .await?;
    Ok(items)
}

async fn get_order(
    State(desk): State<OrderDesk>,
    Path(id): Path<String>,
) -> Result<Json<OrderResponse>, ApiError> {
    let order = desk.find(order_id(&id)?).await?.ok_or(NO_SUCH_ORDER)?;
    Ok(Json((&order).into()))
}

// ANCHOR: cancel
async fn cancel_order(
    State(desk): State<OrderDesk>,
    Path(id): Path<String>,
) -> Result<Json<OrderResponse>, ApiError> {
    let order = desk.cancel(order_id(&id)?).await?;
    Ok(Json((&order).into()))
}
// ANCHOR_END: cancel

async fn list_orders(
    State(desk): State<OrderDesk>,
    Path(id): Path<String>,
) -> Result<Json<OrdersResponse>, ApiError> {
    let customer: CustomerId = id.parse().map_err(|_| NO_SUCH_USER)?;
    let orders = desk.of_customer(customer).await?.ok_or(NO_SUCH_USER)?;
    Ok(Json(OrdersResponse { items: orders.iter().map(Into::into).collect() }))
}

const NO_SUCH_ORDER: ApiError = ApiError::NotFound("order");
const NO_SUCH_USER: ApiError = ApiError::NotFound("user");

/// What is no id at all is the id of no order.
fn order_id(text: &str) -> Result<OrderId, ApiError> {
    text.parse().map_err(|_| NO_SUCH_ORDER)
}

fn no_such_customer() -> ApiError {
    ApiError::invalid("customer_id", "names no user")
}

fn no_such_product() -> ApiError {
    ApiError::invalid("sku", "names no product")
}

fn created(order: OrderResponse) -> impl IntoResponse {
    let location = format!("/orders/{}", order.id);
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(order))
}

// ANCHOR: cancel_error
impl From<CancelOrderError> for ApiError {
    fn from(error: CancelOrderError) -> Self {
        match error {
            CancelOrderError::NoSuchOrder(_) => NO_SUCH_ORDER,
            CancelOrderError::Cancel(CancelError::AlreadyCancelled) => {
                Self::Conflict("The order is cancelled already".to_owned())
            }
            CancelOrderError::Cancel(CancelError::TooLate(state)) => {
                Self::Conflict(format!("A {state} order cannot be cancelled"))
            }
            CancelOrderError::Storage(error) => error.into(),
        }
    }
}
// ANCHOR_END: cancel_error
