//! How many of a product.

use thiserror::Error;

// ANCHOR: quantity
/// How many of one product an order line is for: 1 to [`Quantity::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

/// A number that is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is not between 1 and {max}", max = Quantity::MAX)]
pub struct InvalidQuantity;

impl Quantity {
    /// The most that one line may ask for.
    pub const MAX: u32 = 1000;

    /// # Errors
    /// [`InvalidQuantity`] for less than 1 and for more than [`Quantity::MAX`].
    pub fn new(number: i64) -> Result<Self, InvalidQuantity> {
        match u32::try_from(number) {
            Ok(number @ 1..=Self::MAX) => Ok(Self(number)),
            _ => Err(InvalidQuantity),
        }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}
// ANCHOR_END: quantity
