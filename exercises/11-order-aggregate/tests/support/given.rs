//! Values that many tests begin with.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use uuid::Uuid;

use crate::desk::domain::{
    Currency, CustomerId, Money, Order, OrderId, Product, Quantity, Sku,
};

/// Order 1 of customer 2, in this currency, without items.
pub fn draft(currency: Currency) -> Order {
    let id = OrderId::new(Uuid::from_u128(1));
    let customer = CustomerId::new(Uuid::from_u128(2));
    Order::draft(id, customer, currency)
}

/// A bag of espresso at this many minor units.
pub fn espresso(price: i64, currency: Currency) -> Product {
    product("house-espresso", "House Espresso, 1 kg", price, currency)
}

pub fn product(sku: &str, name: &str, price: i64, currency: Currency) -> Product {
    let sku = Sku::new(sku).expect("a sku");
    Product::new(sku, name, Money::from_minor(price, currency)).expect("a product")
}

pub fn quantity(number: i64) -> Quantity {
    Quantity::new(number).expect("a quantity")
}
