//! Products: the catalogue of the roastery.

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqlitePool};

use crate::{
    error::ApiError,
    extract::{Json, Path, Query},
    page::{Page, PageQuery},
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

async fn list_products(
    State(pool): State<SqlitePool>,
    Query(PageQuery { limit, after }): Query<PageQuery>,
) -> Result<Json<Page<ProductResponse>>, ApiError> {
    let products: Vec<Product> = sqlx::query_as(
        "SELECT sku, name, price_cents FROM products
         ORDER BY name
         LIMIT ? OFFSET ?",
    )
    .bind(limit)
    .bind(after)
    .fetch_all(&pool)
    .await?;
    let items: Vec<_> = products.into_iter().map(ProductResponse::from).collect();
    let next = (items.len() == limit as usize)
        .then(|| format!("/products?limit={limit}&after={}", after + limit));
    Ok(Json(Page { items, next }))
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
