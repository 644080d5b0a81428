// Caught by: amounts::two_currencies_are_not_added
// Replaces: src/domain/money.rs
//! Amounts of money.

use std::fmt;

use thiserror::Error;

use super::Currency;

/// An exact amount in one currency, counted in its minor units. It may be negative: a refund, a correction.
///
/// There is no order between amounts and no `+`, since both can fail: the currencies may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why amounts cannot be calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    #[error("{left} and {right} cannot be mixed")]
    Mixed { left: Currency, right: Currency },
    #[error("the amount is beyond what can be counted")]
    Overflow,
    #[error("there is nobody to allocate the amount to")]
    NoShares,
}

impl Money {
    /// This many minor units: 1234 is 12.34 EUR, but 1234 JPY and 1.234 KWD.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    // ANCHOR: add
    /// Both together.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies, [`MoneyError::Overflow`] for more than an `i64` counts.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self { minor: self.minor.wrapping_add(other.minor), ..self })
    }
    // ANCHOR_END: add

    /// What is left of it without the other.
    ///
    /// # Errors
    /// As [`Money::checked_add`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self { minor: self.minor.wrapping_sub(other.minor), ..self })
    }

    /// This many times the amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for more than an `i64` counts.
    pub fn checked_mul(self, times: u32) -> Result<Self, MoneyError> {
        Ok(Self { minor: self.minor.wrapping_mul(i64::from(times)), ..self })
    }

    /// All together, and zero of `currency` when there are none.
    ///
    /// # Errors
    /// As [`Money::checked_add`].
    pub fn sum(
        _currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        let mut total = Self::zero(Currency::Eur);
        for amount in amounts {
            total = total.checked_add(amount)?;
        }
        Ok(total)
    }

    // ANCHOR: allocate
    /// The amount in parts that are in proportion to `shares`, in their order. The parts add up to the amount: units that
    /// do not divide go to the first parts that have a share, one each.
    ///
    /// # Errors
    /// [`MoneyError::NoShares`] when the shares add up to zero.
    pub fn allocate(self, shares: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let all: f64 = shares.iter().map(|&share| f64::from(share)).sum();
        let part = |&share: &u32| {
            let minor = (self.minor as f64 * f64::from(share) / all).round() as i64;
            Self { minor, ..self }
        };
        Ok(shares.iter().map(part).collect())
    }
    // ANCHOR_END: allocate
}

// ANCHOR: display
impl fmt::Display for Money {
    /// With as many decimals as the currency has: `12.34 EUR`, `1234 JPY`, `1.234 KWD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cents, whole) = (self.minor % 100, self.minor / 100);
        write!(f, "{whole}.{cents:02} {}", self.currency)
    }
}
// ANCHOR_END: display
