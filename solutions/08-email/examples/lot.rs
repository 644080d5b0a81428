//! The page's example: the lot number on a bag of coffee.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

// ANCHOR: type
/// The lot number on a bag, such as `L47-0312`: the week, and which roast of that week.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lot(String);
// ANCHOR_END: type

// ANCHOR: error
/// Why a text is no lot number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LotError {
    #[error("does not begin with L")]
    Letter,
    #[error("is not two digits, a hyphen and four digits after the L")]
    Digits,
}
// ANCHOR_END: error

// ANCHOR: parse
impl FromStr for Lot {
    type Err = LotError;

    fn from_str(text: &str) -> Result<Self, LotError> {
        let text = text.trim().to_uppercase();
        let digits = text.strip_prefix('L').ok_or(LotError::Letter)?;
        let (week, roast) = digits.split_once('-').ok_or(LotError::Digits)?;
        let is_number = |part: &str, len| {
            part.len() == len && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !is_number(week, 2) || !is_number(roast, 4) {
            return Err(LotError::Digits);
        }
        Ok(Self(text))
    }
}
// ANCHOR_END: parse

// ANCHOR: read
impl Lot {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
// ANCHOR_END: read

// ANCHOR: serde
impl TryFrom<String> for Lot {
    type Error = LotError;

    fn try_from(text: String) -> Result<Self, LotError> {
        text.parse()
    }
}

impl From<Lot> for String {
    fn from(lot: Lot) -> Self {
        lot.0
    }
}
// ANCHOR_END: serde

fn main() {
    println!("{:?}", "l47-0312".parse::<Lot>());
    println!("{:?}", "L47".parse::<Lot>());
    println!("{:?}", " L47-0312 ".parse::<Lot>().as_ref().map(Lot::as_str));
}
