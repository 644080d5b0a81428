//! What becomes of an order.

use crate::desk::domain::Currency::Eur;
use crate::given::{draft, espresso, quantity};

#[test]
fn an_order_with_an_item_can_be_submitted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    assert!(!order.is_submitted());
    assert_eq!(order.submit(), Ok(()));
    assert!(order.is_submitted());
}

#[test]
fn an_item_does_not_ask_what_became_of_the_order() {
    let mut order = draft(Eur);
    let espresso = espresso(1890, Eur);
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    order.submit().expect("it has an item");
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    order.cancel().expect("it is not cancelled");
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    assert!(order.is_submitted() && order.is_cancelled(), "both are as before");
}

#[test]
fn an_order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    let refused = order.submit();
    assert_eq!(
        refused,
        Err("an order without items cannot be submitted".to_owned())
    );
    assert!(!order.is_submitted());
}

#[test]
fn an_order_is_cancelled_once() {
    let mut order = draft(Eur);
    assert!(!order.is_cancelled());
    assert_eq!(order.cancel(), Ok(()));
    assert!(order.is_cancelled());
    assert_eq!(order.cancel(), Err("the order is cancelled already".to_owned()));
}
