//! The order desk in memory, and what its customers want.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use crate::{
    desk::{
        adapters::in_memory::InMemoryCatalogue,
        application::{Line, PlaceOrder, RegisterUser, ports::UserRepository},
        domain::{Currency, CustomerId, Money, Name, Product, Quantity, Sku, User},
    },
    use_case_wiring::accounts,
};

use std::sync::Arc;

pub fn catalogue_with_tea() -> Arc<InMemoryCatalogue> {
    let catalogue = Arc::new(InMemoryCatalogue::default());
    offer(&catalogue, "tea", "Tea, after all", 400);
    catalogue
}

/// Somebody who wants an account.
pub fn somebody(name: &str) -> RegisterUser {
    let email = format!("{}@beans.example", name.to_lowercase());
    RegisterUser {
        email: email.parse().expect("an e-mail address"),
        name: Name::new(name).expect("a name"),
        phone: None,
    }
}

/// Opens an account for Ada.
pub async fn register(users: Arc<dyn UserRepository>) -> User {
    accounts(users).register(somebody("Ada")).await.expect("Ada has an account")
}

pub fn offer(catalogue: &InMemoryCatalogue, sku: &str, name: &str, cents: i64) {
    let product = Product::new(self::sku(sku), name, euros(cents));
    catalogue.offer(product.expect("a product"));
}

pub fn sku(text: &str) -> Sku {
    Sku::new(text).expect("a sku")
}

pub fn euros(cents: i64) -> Money {
    Money::from_minor(cents, Currency::Eur)
}

/// What this customer wants: so many of these skus.
pub fn wanted(customer: CustomerId, lines: &[(&str, i64)]) -> PlaceOrder {
    let line = |(name, quantity): &(&str, i64)| Line {
        sku: sku(name),
        quantity: Quantity::new(*quantity).expect("a quantity"),
    };
    PlaceOrder { customer, lines: lines.iter().map(line).collect() }
}
