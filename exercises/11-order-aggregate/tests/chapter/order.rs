//! What an order guards.

use uuid::Uuid;

use crate::desk::domain::{
    Currency::{Eur, Jpy},
    CustomerId, Money, OrderId, OrderItem, Product, Sku,
};
use crate::given::{draft, espresso, product, quantity};

#[test]
fn a_draft_is_empty_and_costs_nothing() {
    let order = draft(Jpy);
    assert!(order.items().is_empty());
    assert_eq!(order.total(), Money::zero(Jpy), "nothing, in the order's currency");
}

#[test]
fn an_order_knows_its_customer_by_id() {
    let order = draft(Eur);
    assert_eq!(order.id(), OrderId::new(Uuid::from_u128(1)));
    assert_eq!(order.customer(), CustomerId::new(Uuid::from_u128(2)));
    assert_eq!(order.currency(), Eur);
}

#[test]
fn a_line_has_name_and_price_of_the_product() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(3)).expect("an item");
    let [item] = order.items() else { panic!("one line, not {:?}", order.items()) };
    assert_eq!(item.sku().as_str(), "house-espresso");
    assert_eq!(item.name(), "House Espresso, 1 kg");
    assert_eq!(item.unit_price(), Money::from_minor(1890, Eur));
    assert_eq!(item.quantity(), quantity(3));
    assert_eq!(item.subtotal(), Money::from_minor(5670, Eur), "3 times 18.90");
}

#[test]
fn the_total_is_the_sum_of_all_lines() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(3)).expect("an item");
    order.add_item(&product("tea", "Tea", 400, Eur), quantity(2)).expect("an item");
    assert_eq!(order.total(), Money::from_minor(6470, Eur));
}

#[test]
fn lines_stay_in_the_order_in_which_they_were_added() {
    let mut order = draft(Eur);
    for sku in ["tea", "filter-paper", "house-espresso"] {
        order.add_item(&product(sku, sku, 100, Eur), quantity(1)).expect("an item");
    }
    let skus: Vec<&str> =
        order.items().iter().map(|item| item.sku().as_str()).collect();
    assert_eq!(skus, ["tea", "filter-paper", "house-espresso"]);
}

#[test]
fn a_later_price_does_not_change_what_was_ordered() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    order.add_item(&espresso(2190, Eur), quantity(1)).expect("an item");
    let prices: Vec<i64> =
        order.items().iter().map(|item| item.unit_price().minor()).collect();
    assert_eq!(prices, [1890, 2190], "each line has the price of its moment");
    assert_eq!(order.total(), Money::from_minor(4080, Eur));
}

#[test]
fn the_same_product_twice_is_two_lines() {
    let mut order = draft(Eur);
    for number in [1, 2] {
        order.add_item(&espresso(1890, Eur), quantity(number)).expect("an item");
    }
    order.add_item(&espresso(1890, Eur), quantity(2)).expect("an item");
    let quantities: Vec<u32> =
        order.items().iter().map(|item| item.quantity().get()).collect();
    assert_eq!(quantities, [1, 2, 2], "a line for each time it was added");
    assert_eq!(order.total(), Money::from_minor(5 * 1890, Eur));
}

#[test]
fn a_free_product_in_another_currency_is_refused_too() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    assert!(order.add_item(&espresso(0, Jpy), quantity(1)).is_err());
    assert_eq!(order.total(), Money::from_minor(1890, Eur));
}

#[test]
fn items_are_there_to_look_at() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let mut copy: Vec<OrderItem> = order.items().to_vec();
    copy.clear();
    assert_eq!(order.items().len(), 1, "the order's own items");
}

#[test]
fn a_product_has_a_sku_and_no_negative_price() {
    assert!(Sku::new("").is_err());
    let sku = Sku::new("tea").expect("a sku");
    assert!(
        Product::new(sku.clone(), "Tea", Money::zero(Eur)).is_ok(),
        "free is a price"
    );
    assert!(Product::new(sku, "Tea", Money::from_minor(-1, Eur)).is_err());
}
