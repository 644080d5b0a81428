//! A product.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use serde_json::{Value, json};

pub fn yirgacheffe() -> Value {
    json!({ "sku": "yirgacheffe-250", "name": "Yirgacheffe, 250 g", "price_cents": 990 })
}
