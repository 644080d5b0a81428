// Caught by: database_file::products_survive_a_restart, database_file::two_programs_on_one_file_see_each_others_products
//! Products: the catalogue of the roastery.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{
    error::ApiError,
    extract::{Json, Path},
};

/// The routes of this feature, for every state that has a [`ProductStore`] in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    ProductStore: FromRef<S>,
{
    Router::new()
        .route("/products", get(list_products).post(create_product))
        .route("/products/{sku}", get(get_product).delete(delete_product))
}

/// The products of one service, by their stock keeping unit. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct ProductStore(Arc<Mutex<BTreeMap<String, Product>>>);

impl ProductStore {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Product>> {
        self.0.lock().expect("no handler panics while it holds the products")
    }
}

/// A product as the service keeps it.
#[derive(Debug, Clone)]
struct Product {
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

impl ProductResponse {
    fn new(sku: &str, product: &Product) -> Self {
        Self {
            sku: sku.to_owned(),
            name: product.name.clone(),
            price_cents: product.price_cents,
        }
    }
}

/// What a path shows as it is, after RFC 3986. A sku may be any text, so the rest of it is percent-encoded.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

async fn create_product(
    State(products): State<ProductStore>,
    Json(new): Json<CreateProduct>,
) -> Result<impl IntoResponse, ApiError> {
    check(&new)?;
    let mut products = products.lock();
    if products.contains_key(&new.sku) {
        let taken = format!("There is a product {} already", new.sku);
        return Err(ApiError::Conflict(taken));
    }
    let product = Product { name: new.name, price_cents: new.price_cents };
    let location = format!("/products/{}", utf8_percent_encode(&new.sku, PLAIN));
    let response = ProductResponse::new(&new.sku, &product);
    products.insert(new.sku, product);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}

/// The first field that breaks a rule is the one that the client is told.
fn check(new: &CreateProduct) -> Result<(), ApiError> {
    let invalid = |field, problem| Err(ApiError::InvalidField { field, problem });
    if new.sku.is_empty() {
        return invalid("sku", "is empty");
    }
    if new.name.is_empty() {
        return invalid("name", "is empty");
    }
    if new.price_cents < 0 {
        return invalid("price_cents", "is negative");
    }
    Ok(())
}

async fn list_products(
    State(products): State<ProductStore>,
) -> Json<Vec<ProductResponse>> {
    let products = products.lock();
    Json(
        products
            .iter()
            .map(|(sku, product)| ProductResponse::new(sku, product))
            .collect(),
    )
}

async fn get_product(
    State(products): State<ProductStore>,
    Path(sku): Path<String>,
) -> Result<Json<ProductResponse>, ApiError> {
    let products = products.lock();
    let product = products.get(&sku).ok_or(ApiError::NotFound("product"))?;
    Ok(Json(ProductResponse::new(&sku, product)))
}

async fn delete_product(
    State(products): State<ProductStore>,
    Path(sku): Path<String>,
) -> Result<StatusCode, ApiError> {
    products.lock().remove(&sku).ok_or(ApiError::NotFound("product"))?;
    Ok(StatusCode::NO_CONTENT)
}
