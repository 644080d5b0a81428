//! Products as an order needs them, in the table `products`.

use async_trait::async_trait;
use sqlx::{FromRow, SqlitePool};

use crate::{
    adapters::sql::{not_inserted, unreadable},
    application::ports::{
        Catalogue, InsertError, ProductRecord, ProductStore, StorageError,
    },
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

impl From<ProductRow> for ProductRecord {
    fn from(row: ProductRow) -> Self {
        Self { sku: row.sku, name: row.name, price_cents: row.price_cents }
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

#[async_trait]
impl ProductStore for SqliteCatalogue {
    async fn list(
        &self,
        name: &str,
        sku: &str,
        limit: u16,
    ) -> Result<Vec<ProductRecord>, StorageError> {
        let rows: Vec<ProductRow> = sqlx::query_as(
            "SELECT sku, name, price_cents FROM products
             WHERE (name, sku) > (?, ?)
             ORDER BY name, sku
             LIMIT ?",
        )
        .bind(name)
        .bind(sku)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(ProductRecord::from).collect())
    }

    async fn get(&self, sku: &str) -> Result<Option<ProductRecord>, StorageError> {
        let row: Option<ProductRow> = sqlx::query_as(
            "SELECT sku, name, price_cents FROM products WHERE sku = ?",
        )
        .bind(sku)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(ProductRecord::from))
    }

    async fn insert(&self, product: &ProductRecord) -> Result<(), InsertError> {
        sqlx::query(
            "INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)",
        )
        .bind(&product.sku)
        .bind(&product.name)
        .bind(product.price_cents)
        .execute(&self.pool)
        .await
        .map_err(not_inserted)?;
        Ok(())
    }

    async fn delete(&self, sku: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM products WHERE sku = ?")
            .bind(sku)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
