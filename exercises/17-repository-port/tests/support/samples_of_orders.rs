//! Users and orders to keep.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use time::{Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

use crate::desk::domain::{
    Currency, CustomerId, Money, Name, Order, OrderId, Phone, Product, Quantity,
    Sku, StateName, User, UserId,
};

/// A new user with this number, an address of its own and a telephone.
pub fn user(number: u128, called: &str) -> User {
    let email = format!("{number}@beans.example").parse().expect("an address");
    let phone = Phone::new("+44 20 7946 0000").expect("a number");
    User::register(
        UserId::new(Uuid::from_u128(number)),
        email,
        name(called),
        Some(phone),
    )
}

pub fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// All that is known of a user. Two with the same id are equal, so equality alone
/// says little.
pub fn all_of_user(user: &User) -> impl PartialEq + std::fmt::Debug + use<> {
    let (email, name) = (user.email().clone(), user.name().clone());
    let (phone, note) = (user.phone().cloned(), user.staff_note().to_owned());
    (user.id(), email, name, phone, note, user.is_active())
}

/// The moment in which these orders begin to move.
pub const NINE: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);

pub fn later(minutes: i64) -> OffsetDateTime {
    NINE + Duration::minutes(minutes)
}

pub fn order_id(number: u128) -> OrderId {
    OrderId::new(Uuid::from_u128(number))
}

pub fn customer(user: &User) -> CustomerId {
    CustomerId::of(user.id())
}

pub fn product(sku: &str, name: &str, minor: i64, currency: Currency) -> Product {
    let sku = Sku::new(sku).expect("a sku");
    let price = Money::from_minor(minor, currency);
    Product::new(sku, name, price).expect("a product")
}

/// Adds a line to a draft, priced in its currency.
pub fn add(order: &mut Order, sku: &str, minor: i64, quantity: i64) {
    let product = product(sku, &format!("The {sku}"), minor, order.currency());
    let quantity = Quantity::new(quantity).expect("a quantity");
    order.add_item(&product, quantity).expect("a draft takes items");
}

/// A draft of this customer's, with two lines.
pub fn draft(number: u128, of: &User) -> Order {
    draft_in(Currency::Eur, number, of)
}

pub fn draft_in(currency: Currency, number: u128, of: &User) -> Order {
    let mut order = Order::draft(order_id(number), customer(of), currency);
    add(&mut order, "mate", 700, 1);
    add(&mut order, "tea", 400, 2);
    order
}

/// A submitted order of this customer's. The higher its number, the newer it is.
pub fn submitted(number: u128, of: &User) -> Order {
    let mut order = draft(number, of);
    order.submit(NINE).expect("it has items");
    order
}

/// An order in this state. It moves from nine on, once a minute.
pub fn in_state(number: u128, of: &User, state: StateName) -> Order {
    in_state_since(number, of, state, NINE, Duration::MINUTE)
}

/// An order in this state: submitted at this moment, and moved on one, two or three steps later.
pub fn in_state_since(
    number: u128,
    of: &User,
    state: StateName,
    submitted_at: OffsetDateTime,
    step: Duration,
) -> Order {
    let mut order = draft(number, of);
    if state == StateName::Draft {
        return order;
    }
    order.submit(submitted_at).expect("it has items");
    if state == StateName::Cancelled {
        order.cancel(submitted_at + step).expect("it is not paid");
    }
    if matches!(state, StateName::Paid | StateName::Shipped) {
        order.pay(submitted_at + step * 2).expect("it is submitted");
    }
    if state == StateName::Shipped {
        order.ship(submitted_at + step * 3).expect("it is paid");
    }
    assert_eq!(order.state().name(), state);
    order
}

/// All that is known of an order.
pub fn all_of(order: &Order) -> impl PartialEq + std::fmt::Debug + use<> {
    let items = order.items().to_vec();
    (order.id(), order.customer(), order.currency(), items, order.state())
}
