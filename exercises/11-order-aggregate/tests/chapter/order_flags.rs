//! What becomes of an order.

use crate::desk::domain::Currency::{Eur, Jpy};
use crate::given::{draft, espresso, quantity};

#[test]
fn order_with_an_item_is_submitted() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    assert!(!order.is_submitted());
    assert_eq!(order.submit(), Ok(()));
    assert!(order.is_submitted());
}

#[test]
fn adding_an_item_ignores_the_state() {
    let mut order = draft(Eur);
    let espresso = espresso(1890, Eur);
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    order.submit().expect("it has an item");
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    order.cancel().expect("it is not cancelled");
    assert_eq!(order.add_item(&espresso, quantity(1)), Ok(()));
    assert!(order.is_submitted() && order.is_cancelled(), "both are as before");
    assert_eq!(order.items().len(), 3, "one of each moment");
}

#[test]
fn adding_an_item_changes_no_state() {
    let mut order = draft(Eur);
    order.cancel().expect("it is not cancelled");
    assert_eq!(order.add_item(&espresso(1890, Eur), quantity(1)), Ok(()));
    assert!(order.is_cancelled() && !order.is_submitted(), "both are as before");
    assert!(order.add_item(&espresso(1890, Jpy), quantity(1)).is_err());
    assert!(order.is_cancelled() && !order.is_submitted(), "both are as before");
}

#[test]
fn order_without_items_cannot_be_submitted() {
    let mut order = draft(Eur);
    let refused = order.submit();
    assert_eq!(
        refused,
        Err("an order without items cannot be submitted".to_owned())
    );
    assert!(!order.is_submitted());
}

#[test]
fn order_is_cancelled_once() {
    let mut order = draft(Eur);
    assert!(!order.is_cancelled());
    assert_eq!(order.cancel(), Ok(()));
    assert!(order.is_cancelled());
    assert_eq!(order.cancel(), Err("the order is cancelled already".to_owned()));
}
