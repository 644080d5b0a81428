//! Products: the catalogue of the roastery.

use std::fmt;

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{FromRow, SqlitePool};

use super::{
    error::ApiError,
    extract::{Json, Path, Query},
    page::{Limit, Page},
};

// ANCHOR: router
/// The routes of this feature, for every state that has a pool in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SqlitePool: FromRef<S>,
{
    Router::new()
        .route("/products", get(list_products).post(create_product))
        .route("/products/{sku}", get(get_product).delete(delete_product))
}
// ANCHOR_END: router

/// A product as the service keeps it.
#[derive(Debug, FromRow)]
struct Product {
    sku: String,
    name: String,
    price_cents: i64,
}

/// The body of `POST /products`.
#[derive(Debug, Deserialize)]
struct CreateProduct {
    sku: String,
    name: String,
    price_cents: i64,
}

/// A product as clients see it.
#[derive(Debug, Serialize)]
struct ProductResponse {
    sku: String,
    name: String,
    price_cents: i64,
}

impl From<Product> for ProductResponse {
    fn from(product: Product) -> Self {
        Self {
            sku: product.sku,
            name: product.name,
            price_cents: product.price_cents,
        }
    }
}

/// What a path shows as it is, after RFC 3986. A sku may be any text, so the rest of it is percent-encoded.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

// ANCHOR: create
async fn create_product(
    State(pool): State<SqlitePool>,
    Json(new): Json<CreateProduct>,
) -> Result<impl IntoResponse, ApiError> {
    check(&new)?;
    let product =
        Product { sku: new.sku, name: new.name, price_cents: new.price_cents };
    sqlx::query("INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)")
        .bind(&product.sku)
        .bind(&product.name)
        .bind(product.price_cents)
        .execute(&pool)
        .await
        .map_err(|error| taken(&product.sku, error))?;
    let location =
        format!("/products/{}", utf8_percent_encode(&product.sku, PLAIN));
    let response = ProductResponse::from(product);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}

/// Of all that a database may refuse, a taken sku is the one thing that the client can mend.
fn taken(sku: &str, error: sqlx::Error) -> ApiError {
    match error {
        sqlx::Error::Database(error) if error.is_unique_violation() => {
            ApiError::Conflict(format!("There is a product {sku} already"))
        }
        error => error.into(),
    }
}
// ANCHOR_END: create

/// How many bytes a text may have that goes into links.
const LONGEST: usize = 200;

// ANCHOR: check
/// The first field that breaks a rule is the one that the client is told.
fn check(new: &CreateProduct) -> Result<(), ApiError> {
    let invalid = |field, problem| Err(ApiError::invalid(field, problem));
    if new.sku.is_empty() {
        return invalid("sku", "is empty");
    }
    if new.name.is_empty() {
        return invalid("name", "is empty");
    }
    if new.sku.len() > LONGEST {
        return invalid("sku", "has more than 200 bytes");
    }
    if new.name.len() > LONGEST {
        return invalid("name", "has more than 200 bytes");
    }
    if new.price_cents < 0 {
        return invalid("price_cents", "is negative");
    }
    Ok(())
}
// ANCHOR_END: check

// ANCHOR: query
/// The query of `GET /products`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListProducts {
    limit: Limit,
    after: Cursor,
}
// ANCHOR_END: query

// ANCHOR: cursor
/// A place in the list: behind the product with this name and this sku, whether it is still there or not.
/// Empty texts come before every product, so the default is the start.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
struct Cursor {
    name: String,
    sku: String,
}

impl Cursor {
    /// Which list a cursor is of, and in which order. Give it another name when either changes.
    const LIST: &str = "products by name, 1";

    fn behind(product: &ProductResponse) -> Self {
        Self { name: product.name.clone(), sku: product.sku.clone() }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = json!([Self::LIST, self.name, self.sku]).to_string();
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(inside))
    }
}

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(cursor: String) -> Result<Self, Self::Error> {
        let inside: Option<(String, String, String)> = BASE64_URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|inside| serde_json::from_slice(&inside).ok());
        match inside {
            Some((list, name, sku)) if list == Self::LIST => Ok(Self { name, sku }),
            _ => Err("this is no cursor of this list"),
        }
    }
}
// ANCHOR_END: cursor

// ANCHOR: list
async fn list_products(
    State(pool): State<SqlitePool>,
    Query(ListProducts { limit, after }): Query<ListProducts>,
) -> Result<Json<Page<ProductResponse>>, ApiError> {
    let products: Vec<Product> = sqlx::query_as(
        "SELECT sku, name, price_cents FROM products
         WHERE (name, sku) > (?, ?)
         ORDER BY name, sku
         LIMIT ?",
    )
    .bind(after.name)
    .bind(after.sku)
    .bind(limit.get() + 1)
    .fetch_all(&pool)
    .await?;
    let rows = products.into_iter().map(ProductResponse::from).collect();
    let page = Page::new(rows, limit, |last| {
        format!("/products?limit={}&after={}", limit.get(), Cursor::behind(last))
    });
    Ok(Json(page))
}
// ANCHOR_END: list

// ANCHOR: get
async fn get_product(
    State(pool): State<SqlitePool>,
    Path(sku): Path<String>,
) -> Result<Json<ProductResponse>, ApiError> {
    let product: Option<Product> =
        sqlx::query_as("SELECT sku, name, price_cents FROM products WHERE sku = ?")
            .bind(sku)
            .fetch_optional(&pool)
            .await?;
    let product = product.ok_or(ApiError::NotFound("product"))?;
    Ok(Json(product.into()))
}
// ANCHOR_END: get

// ANCHOR: delete
async fn delete_product(
    State(pool): State<SqlitePool>,
    Path(sku): Path<String>,
) -> Result<StatusCode, ApiError> {
    let done = sqlx::query("DELETE FROM products WHERE sku = ?")
        .bind(sku)
        .execute(&pool)
        .await?;
    if done.rows_affected() == 0 {
        return Err(ApiError::NotFound("product"));
    }
    Ok(StatusCode::NO_CONTENT)
}
// ANCHOR_END: delete
