//! How an order refuses a price: in words.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

pub fn mixed() -> String {
    "EUR and JPY cannot be mixed".to_owned()
}

pub fn overflow() -> String {
    "the amount is beyond what can be counted".to_owned()
}
