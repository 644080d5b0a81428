//! Which prices an order takes.

use rstest::rstest;

use crate::desk::domain::{
    Currency::{self, Eur, Jpy, Usd},
    Money, MoneyError,
};
use crate::{
    given::{draft, espresso, product, quantity},
    price_errors::{mixed, overflow},
};

#[test]
fn product_in_another_currency_is_refused() {
    let mut order = draft(Eur);
    let refused = order.add_item(&espresso(3000, Jpy), quantity(1));
    assert_eq!(refused, Err(mixed()));
    let free = order.add_item(&espresso(0, Jpy), quantity(1));
    assert_eq!(free, Err(mixed()), "also when it is free");
    assert!(order.items().is_empty(), "a refused item is not in the order");
    assert_eq!(order.total(), Money::zero(Eur), "the currency is still euros");
}

#[rstest]
#[case::euros_in_an_order_in_yen(Jpy, Eur)]
#[case::dollars_in_an_order_in_euros(Eur, Usd)]
fn error_names_both_currencies(#[case] left: Currency, #[case] right: Currency) {
    let mut order = draft(left);
    order.add_item(&espresso(3000, left), quantity(1)).expect("an item");
    let refused = order.add_item(&espresso(1890, right), quantity(1));
    let mixed = MoneyError::Mixed { left, right }.to_string();
    assert_eq!(refused.map_err(|error| error.to_string()), Err(mixed));
    assert_eq!(order.total(), Money::from_minor(3000, left));
}

#[test]
fn subtotal_overflow_is_refused() {
    let mut order = draft(Eur);
    let refused = order.add_item(&espresso(i64::MAX, Eur), quantity(2));
    assert_eq!(refused, Err(overflow()));
    assert!(order.items().is_empty(), "a refused item is not in the order");
}

#[test]
fn total_overflow_is_refused() {
    let mut order = draft(Eur);
    order.add_item(&espresso(i64::MAX - 2, Eur), quantity(1)).expect("an item");
    for (price, number) in [(3, 1), (1, 3), (i64::MAX, 1)] {
        let tea = product("tea", "Tea", price, Eur);
        let refused = order.add_item(&tea, quantity(number));
        assert_eq!(refused, Err(overflow()), "{number} times {price} more");
        assert_eq!(order.items().len(), 1, "a refused item is not in the order");
        assert_eq!(order.total(), Money::from_minor(i64::MAX - 2, Eur));
    }
}

#[test]
fn largest_total_is_accepted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(i64::MAX - 2, Eur), quantity(1)).expect("an item");
    let tea = product("tea", "Tea", 1, Eur);
    assert_eq!(order.add_item(&tea, quantity(2)), Ok(()), "two cents more");
    assert_eq!(order.total(), Money::from_minor(i64::MAX, Eur));
    let free = order.add_item(&product("leaflet", "Leaflet", 0, Eur), quantity(1));
    assert_eq!(free, Ok(()), "nothing more");
}

#[test]
fn refused_item_leaves_order_unchanged() {
    let tea = product("tea", "Tea", 400, Eur);
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(3)).expect("an item");
    order.add_item(&tea, quantity(1)).expect("an item");
    let before = order.clone();
    for (refused, number, error) in [
        (espresso(3000, Jpy), 1, mixed()),
        (espresso(0, Jpy), 1, mixed()),
        (espresso(i64::MAX, Eur), 2, overflow()),
        (espresso(i64::MAX, Eur), 1, overflow()),
    ] {
        let answer = order.add_item(&refused, quantity(number));
        assert_eq!(answer, Err(error), "{number} of {refused:?}");
        assert_eq!(order.items(), before.items(), "{refused:?} was refused");
        assert_eq!(order.total(), before.total(), "{refused:?} was refused");
    }
    assert_eq!(order.add_item(&tea, quantity(1)), Ok(()), "it takes what fits");
    assert_eq!(order.items().len(), 3);
}
