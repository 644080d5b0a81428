//! Amounts of money.

use std::fmt;

use thiserror::Error;

use super::Currency;

// ANCHOR: money
/// An exact amount in one currency, counted in its minor units. It may be negative: a refund, a correction.
///
/// There is no order between amounts and no `+`, since both can fail: the currencies may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}
// ANCHOR_END: money

// ANCHOR: error
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
// ANCHOR_END: error

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
        self.same_currency(other)?;
        let minor =
            self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }
    // ANCHOR_END: add

    /// What is left of it without the other.
    ///
    /// # Errors
    /// As [`Money::checked_add`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor =
            self.minor.checked_sub(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// This many times the amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for more than an `i64` counts.
    pub fn checked_mul(self, times: u32) -> Result<Self, MoneyError> {
        let minor =
            self.minor.checked_mul(i64::from(times)).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    // ANCHOR: sum
    /// All together, and zero of `currency` when there are none.
    ///
    /// # Errors
    /// As [`Money::checked_add`].
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }
    // ANCHOR_END: sum

    // ANCHOR: allocate
    /// The amount in parts that are in proportion to `shares`, in their order. The parts add up to the amount: units that
    /// do not divide go to the first parts that have a share, one each.
    ///
    /// # Errors
    /// [`MoneyError::NoShares`] when the shares add up to zero.
    pub fn allocate(self, shares: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let all: i128 = shares.iter().copied().map(i128::from).sum();
        if all == 0 {
            return Err(MoneyError::NoShares);
        }
        let minor = i128::from(self.minor);
        let mut parts: Vec<i128> =
            shares.iter().map(|&share| minor * i128::from(share) / all).collect();
        let left = minor - parts.iter().sum::<i128>();
        let with_share = (0..shares.len()).filter(|&at| shares[at] > 0);
        for at in with_share.take(left.unsigned_abs() as usize) {
            parts[at] += left.signum();
        }
        let money = |minor: i128| Self {
            minor: i64::try_from(minor).expect("no part is more than the amount"),
            ..self
        };
        Ok(parts.into_iter().map(money).collect())
    }
    // ANCHOR_END: allocate

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::Mixed { left: self.currency, right: other.currency })
    }
}

// ANCHOR: display
impl fmt::Display for Money {
    /// With as many decimals as the currency has: `12.34 EUR`, `1234 JPY`, `1.234 KWD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        let (whole, rest) =
            (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        write!(f, "{sign}{whole}")?;
        if decimals > 0 {
            write!(f, ".{rest:0width$}", width = decimals as usize)?;
        }
        write!(f, " {}", self.currency)
    }
}
// ANCHOR_END: display
