//! The ways to order.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::Router;
use serde_json::Value;
use testkit::{Answer, post, send};

use crate::fixtures::{order, path, post_nothing};

// ANCHOR: ways
/// The ways to order.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    WebShop,
    Telephone,
    TheSameAgain,
}

impl Way {
    /// Orders in this way. `before` is an order that this customer has placed already.
    pub async fn order(self, app: &Router, before: &Value) -> Answer {
        let customer = before["customer_id"].as_str().expect("a customer");
        let tea = order(customer, &[("tea", 1)]);
        let request = match self {
            Self::WebShop => post("/orders", &tea),
            Self::Telephone => post("/staff/orders", &tea),
            Self::TheSameAgain => post_nothing(path(before) + "/repeat"),
        };
        send(app, request).await
    }
}
// ANCHOR_END: ways
