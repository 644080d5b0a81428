//! Products: the catalogue of the roastery.

use std::{fmt, sync::Arc};

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

use super::{
    error::ApiError,
    extract::{Json, Path, Query, Text},
    page::{Limit, Page},
};
use crate::application::ports::{InsertError, ProductRecord, ProductStore};

// ANCHOR: router
/// The routes of this feature, for every state that has a catalogue in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<dyn ProductStore>: FromRef<S>,
{
    Router::new()
        .route("/products", get(list_products).post(create_product))
        .route("/products/{sku}", get(get_product).delete(delete_product))
}
// ANCHOR_END: router

/// The body of `POST /products`.
#[derive(Debug, Deserialize)]
struct CreateProduct {
    sku: Text,
    name: Text,
    price_cents: i64,
}

/// A product as clients see it.
#[derive(Debug, Serialize)]
struct ProductResponse {
    sku: String,
    name: String,
    price_cents: i64,
}

impl From<ProductRecord> for ProductResponse {
    fn from(product: ProductRecord) -> Self {
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
    State(products): State<Arc<dyn ProductStore>>,
    Json(new): Json<CreateProduct>,
) -> Result<impl IntoResponse, ApiError> {
    let CreateProduct { sku, name, price_cents } = new;
    let product = ProductRecord { sku: sku.into(), name: name.into(), price_cents };
    check(&product)?;
    products.insert(&product).await.map_err(|error| taken(&product.sku, error))?;
    let location =
        format!("/products/{}", utf8_percent_encode(&product.sku, PLAIN));
    let response = ProductResponse::from(product);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}

fn taken(sku: &str, error: InsertError) -> ApiError {
    match error {
        InsertError::SameId => {
            ApiError::Conflict(format!("There is a product {sku} already"))
        }
        InsertError::Storage(error) => error.into(),
    }
}
// ANCHOR_END: create

/// How many bytes a text may have that goes into links.
const LONGEST: usize = 200;

// ANCHOR: check
/// The first field that breaks a rule is the one that the client is told.
fn check(new: &ProductRecord) -> Result<(), ApiError> {
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
        let inside: Option<(String, Text, Text)> = BASE64_URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|inside| serde_json::from_slice(&inside).ok());
        match inside {
            Some((list, name, sku)) if list == Self::LIST => {
                Ok(Self { name: name.into(), sku: sku.into() })
            }
            _ => Err("this is no cursor of this list"),
        }
    }
}
// ANCHOR_END: cursor

// ANCHOR: list
async fn list_products(
    State(products): State<Arc<dyn ProductStore>>,
    Query(ListProducts { limit, after }): Query<ListProducts>,
) -> Result<Json<Page<ProductResponse>>, ApiError> {
    let rows = products.list(&after.name, &after.sku, limit.get() + 1).await?;
    let rows = rows.into_iter().map(ProductResponse::from).collect();
    let page = Page::new(rows, limit, |last| {
        format!("/products?limit={}&after={}", limit.get(), Cursor::behind(last))
    });
    Ok(Json(page))
}
// ANCHOR_END: list

// ANCHOR: get
async fn get_product(
    State(products): State<Arc<dyn ProductStore>>,
    Path(sku): Path<Text>,
) -> Result<Json<ProductResponse>, ApiError> {
    let product =
        products.get(sku.as_str()).await?.ok_or(ApiError::NotFound("product"))?;
    Ok(Json(product.into()))
}
// ANCHOR_END: get

// ANCHOR: delete
async fn delete_product(
    State(products): State<Arc<dyn ProductStore>>,
    Path(sku): Path<Text>,
) -> Result<StatusCode, ApiError> {
    if !products.delete(sku.as_str()).await? {
        return Err(ApiError::NotFound("product"));
    }
    Ok(StatusCode::NO_CONTENT)
}
// ANCHOR_END: delete
