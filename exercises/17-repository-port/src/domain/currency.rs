//! Currencies.

use std::{fmt, str::FromStr};

use thiserror::Error;

// ANCHOR: currency
/// A currency of ISO 4217 that the roastery trades in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Currency {
    Eur,
    Gbp,
    Jpy,
    Kwd,
    Usd,
}
// ANCHOR_END: currency

/// A text that names none of the currencies that the roastery trades in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no currency that we trade in")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Eur, Self::Gbp, Self::Jpy, Self::Kwd, Self::Usd];

    /// The three letters of ISO 4217.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Jpy => "JPY",
            Self::Kwd => "KWD",
            Self::Usd => "USD",
        }
    }

    // ANCHOR: decimals
    /// How many decimals an amount has: a euro is 100 minor units, a yen is one, a Kuwaiti dinar 1000.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Jpy => 0,
            Self::Eur | Self::Gbp | Self::Usd => 2,
            Self::Kwd => 3,
        }
    }
    // ANCHOR_END: decimals
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == code)
            .ok_or_else(|| UnknownCurrency(code.to_owned()))
    }
}
