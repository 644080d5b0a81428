//! How an order refuses a price: with an error that says why.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use crate::desk::domain::{
    AddItemError,
    Currency::{Eur, Jpy},
    MoneyError,
};

pub fn mixed() -> AddItemError {
    AddItemError::Price(MoneyError::Mixed { left: Eur, right: Jpy })
}

pub fn overflow() -> AddItemError {
    AddItemError::Price(MoneyError::Overflow)
}
