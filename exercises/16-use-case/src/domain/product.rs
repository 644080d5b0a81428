//! What can be ordered.

use std::fmt;

use thiserror::Error;

use super::Money;

/// The roastery's own name for a product, such as `house-espresso`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sku(String);

/// Why something cannot be in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProductError {
    #[error("the sku is empty")]
    EmptySku,
    #[error("the price is negative")]
    NegativePrice,
}

impl Sku {
    /// # Errors
    /// [`ProductError::EmptySku`].
    pub fn new(text: &str) -> Result<Self, ProductError> {
        if text.is_empty() {
            return Err(ProductError::EmptySku);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// ANCHOR: product
/// A product as the catalogue offers it at this moment. The catalogue may give it another name or price at any time.
#[derive(Debug, Clone)]
pub struct Product {
    sku: Sku,
    name: String,
    price: Money,
}
// ANCHOR_END: product

impl Product {
    /// # Errors
    /// [`ProductError::NegativePrice`].
    pub fn new(sku: Sku, name: &str, price: Money) -> Result<Self, ProductError> {
        if price.is_negative() {
            return Err(ProductError::NegativePrice);
        }
        Ok(Self { sku, name: name.to_owned(), price })
    }

    pub fn sku(&self) -> &Sku {
        &self.sku
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// What one of it costs.
    pub fn price(&self) -> Money {
        self.price
    }
}
