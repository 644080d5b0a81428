//! Products as an order needs them, in the table `products`.

use async_trait::async_trait;
use sqlx::{FromRow, SqlitePool};

use super::unreadable;
use crate::{
    application::ports::{Catalogue, StorageError},
    domain::{Currency, Money, Product, Sku},
};

/// A row of the table. The catalogue is in euros.
#[derive(Debug, FromRow)]
struct ProductRow {
    sku: String,
    name: String,
    price_cents: i64,
}

impl TryFrom<ProductRow> for Product {
    type Error = StorageError;

    fn try_from(row: ProductRow) -> Result<Self, StorageError> {
        let sku = Sku::new(&row.sku).map_err(unreadable)?;
        let price = Money::from_minor(row.price_cents, Currency::Eur);
        Self::new(sku, &row.name, price).map_err(unreadable)
    }
}

/// The catalogue in the database of a pool.
#[derive(Debug)]
pub struct SqliteCatalogue {
    pool: SqlitePool,
}

impl SqliteCatalogue {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl Catalogue for SqliteCatalogue {
    async fn find(&self, sku: &Sku) -> Result<Option<Product>, StorageError> {
        let row: Option<ProductRow> = sqlx::query_as(
            "SELECT sku, name, price_cents FROM products WHERE sku = ?",
        )
        .bind(sku.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Product::try_from).transpose()
    }
}
