// Caught by: architecture::dependencies_point_inward_from::case_4_http
//! Orders: taken in the web shop or by telephone, repeated, read, cancelled.

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    error::ApiError,
    extract::{Json, Path},
};
use crate::{
    application::{
        CancelOrderError, Line, OrderDesk, PlaceOrder, PlaceOrderError,
        RepeatOrderError,
    },
    domain::{
        AddItemError, CancelError, CustomerId, Order, OrderId, OrderItem, Quantity,
        Sku, SubmitError,
    },
};

// ANCHOR: router
/// The routes of this feature, for every state that has an order desk in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    OrderDesk: FromRef<S>,
{
    Router::new()
        .route("/orders", post(place_order))
        .route("/orders/{id}", get(get_order))
        .route("/orders/{id}/cancel", post(cancel_order))
        .route("/orders/{id}/repeat", post(repeat_order))
        .route("/staff/orders", post(place_order))
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
/// In the web shop and by telephone alike: it is the same order.
async fn place_order(
    State(desk): State<OrderDesk>,
    Json(body): Json<PlaceOrderRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let order = desk.place(body.try_into()?).await?;
    Ok(created(&order))
}
// ANCHOR_END: place

// ANCHOR: repeat
async fn repeat_order(
    State(desk): State<OrderDesk>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let order = desk.repeat(order_id(&id)?).await?;
    Ok(created(&order))
}
// ANCHOR_END: repeat

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

fn created(order: &Order) -> impl IntoResponse + use<> {
    let location = format!("/orders/{}", order.id());
    let response = OrderResponse::from(order);
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(response))
}

// ANCHOR: errors
impl From<PlaceOrderError> for ApiError {
    fn from(error: PlaceOrderError) -> Self {
        match error {
            PlaceOrderError::NoSuchCustomer(_) => no_such_customer(),
            PlaceOrderError::Deactivated => {
                Self::Conflict("A deactivated user cannot order".to_owned())
            }
            PlaceOrderError::NoSuchProduct(_) => no_such_product(),
            PlaceOrderError::Submit(SubmitError::Empty) => {
                Self::invalid("items", "is empty")
            }
            PlaceOrderError::AddItem(AddItemError::Price(error)) => {
                Self::invalid("items", format_args!("cannot be priced: {error}"))
            }
            // The use case has made a draft, so nobody has submitted it before.
            error @ (PlaceOrderError::AddItem(AddItemError::NotDraft(_))
            | PlaceOrderError::Submit(SubmitError::NotDraft(_))) => {
                Self::internal(error)
            }
            PlaceOrderError::Storage(error) => error.into(),
        }
    }
}
// ANCHOR_END: errors

impl From<RepeatOrderError> for ApiError {
    fn from(error: RepeatOrderError) -> Self {
        match error {
            RepeatOrderError::NoSuchOrder(_) => NO_SUCH_ORDER,
            // Nothing in the request names the product, so no field of it is wrong.
            RepeatOrderError::Place(PlaceOrderError::NoSuchProduct(sku)) => {
                Self::Conflict(format!("There is no product {sku} any more"))
            }
            RepeatOrderError::Place(error) => error.into(),
            RepeatOrderError::Storage(error) => error.into(),
        }
    }
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

impl From<&OrderItem> for Line {
    fn from(item: &OrderItem) -> Self {
        Self { sku: item.sku().clone(), quantity: item.quantity() }
    }
}
