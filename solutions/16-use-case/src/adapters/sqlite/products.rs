//! Products as an order needs them, in the table `products`.

use sqlx::{FromRow, SqliteConnection};

use super::unreadable;
use crate::domain::{Currency, Money, Product, Sku};

/// A row of the table. The catalogue is in euros.
#[derive(Debug, FromRow)]
struct ProductRow {
    sku: String,
    name: String,
    price_cents: i64,
}

impl TryFrom<ProductRow> for Product {
    type Error = sqlx::Error;

    fn try_from(row: ProductRow) -> Result<Self, sqlx::Error> {
        let sku = Sku::new(&row.sku).map_err(unreadable)?;
        let price = Money::from_minor(row.price_cents, Currency::Eur);
        Self::new(sku, &row.name, price).map_err(unreadable)
    }
}

/// The product as the catalogue offers it now.
///
/// # Errors
/// When the database does not answer, or the row is no product.
pub async fn find(
    connection: &mut SqliteConnection,
    sku: &Sku,
) -> Result<Option<Product>, sqlx::Error> {
    let row: Option<ProductRow> =
        sqlx::query_as("SELECT sku, name, price_cents FROM products WHERE sku = ?")
            .bind(sku.as_str())
            .fetch_optional(connection)
            .await?;
    row.map(Product::try_from).transpose()
}
