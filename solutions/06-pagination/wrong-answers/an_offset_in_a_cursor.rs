// Caught by: pages::a_product_that_comes_between_two_pages_moves_no_other, pages::a_product_that_goes_between_two_pages_hides_no_other
// Replaces: src/products.rs
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

use crate::{
    error::ApiError,
    extract::{Json, Path, Query},
    page::{Limit, Page},
};

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

async fn create_product(
    State(pool): State<SqlitePool>,
    Json(new): Json<CreateProduct>,
) -> Result<impl IntoResponse, ApiError> {
    check(&new)?;
    let product: Product = sqlx::query_as(
        "INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)
         RETURNING sku, name, price_cents",
    )
    .bind(&new.sku)
    .bind(&new.name)
    .bind(new.price_cents)
    .fetch_one(&pool)
    .await
    .map_err(|error| taken(&new.sku, error))?;
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

/// How many bytes a text may have that goes into links.
const LONGEST: usize = 200;

/// The first field that breaks a rule is the one that the client is told.
fn check(new: &CreateProduct) -> Result<(), ApiError> {
    let invalid = |field, problem| Err(ApiError::InvalidField { field, problem });
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

/// The query of `GET /products`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListProducts {
    limit: Limit,
    after: Cursor,
}

/// How many products were on the pages before.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
struct Cursor {
    products: u32,
}

impl Cursor {
    /// Which list a cursor is of, and in which order. Give it another name when either changes.
    const LIST: &str = "products by name, 1";

    fn behind(self, limit: Limit) -> Self {
        Self { products: self.products + u32::from(limit.get()) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = json!([Self::LIST, self.products]).to_string();
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(inside))
    }
}

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(cursor: String) -> Result<Self, Self::Error> {
        let inside: Option<(String, u32)> = BASE64_URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|inside| serde_json::from_slice(&inside).ok());
        match inside {
            Some((list, products)) if list == Self::LIST => Ok(Self { products }),
            _ => Err("this is no cursor of this list"),
        }
    }
}

async fn list_products(
    State(pool): State<SqlitePool>,
    Query(ListProducts { limit, after }): Query<ListProducts>,
) -> Result<Json<Page<ProductResponse>>, ApiError> {
    let products: Vec<Product> = sqlx::query_as(
        "SELECT sku, name, price_cents FROM products
         ORDER BY name, sku
         LIMIT ? OFFSET ?",
    )
    .bind(limit.get() + 1)
    .bind(after.products)
    .fetch_all(&pool)
    .await?;
    let rows = products.into_iter().map(ProductResponse::from).collect();
    let page = Page::new(rows, limit, |_| {
        format!("/products?limit={}&after={}", limit.get(), after.behind(limit))
    });
    Ok(Json(page))
}

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
