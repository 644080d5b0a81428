//! Which prices an order takes.

use crate::desk::domain::{
    Currency::{Eur, Jpy},
    Money,
};
use crate::{
    given::{draft, espresso, product, quantity},
    price_errors::{mixed, overflow},
};

#[test]
fn a_product_in_another_currency_is_refused() {
    let mut order = draft(Eur);
    let refused = order.add_item(&espresso(3000, Jpy), quantity(1));
    assert_eq!(refused, Err(mixed()));
    assert!(order.items().is_empty(), "a refused item is not in the order");
}

#[test]
fn a_line_that_cannot_be_counted_is_refused() {
    let mut order = draft(Eur);
    let refused = order.add_item(&espresso(i64::MAX, Eur), quantity(2));
    assert_eq!(refused, Err(overflow()));
    assert!(order.items().is_empty(), "a refused item is not in the order");
}

#[test]
fn a_total_that_cannot_be_counted_is_refused() {
    let mut order = draft(Eur);
    order.add_item(&espresso(i64::MAX, Eur), quantity(1)).expect("an item");
    let refused = order.add_item(&product("tea", "Tea", 1, Eur), quantity(1));
    assert_eq!(refused, Err(overflow()));
    assert_eq!(order.items().len(), 1, "a refused item is not in the order");
    assert_eq!(order.total(), Money::from_minor(i64::MAX, Eur));
}
