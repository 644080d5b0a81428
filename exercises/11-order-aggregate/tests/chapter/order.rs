//! What an order guards.

use rstest::rstest;
use uuid::Uuid;

use crate::desk::domain::{
    Currency::{self, Eur, Jpy, Kwd},
    CustomerId, Money, OrderId, OrderItem, Product, Sku,
};
use crate::given::{draft, espresso, product, quantity};

#[test]
fn draft_is_empty_and_costs_nothing() {
    for currency in Currency::ALL {
        let order = draft(currency);
        assert!(order.items().is_empty());
        assert_eq!(order.total(), Money::zero(currency), "in the order's currency");
    }
}

#[test]
fn order_keeps_ids_and_currency() {
    let order = draft(Eur);
    assert_eq!(order.id(), OrderId::new(Uuid::from_u128(1)));
    assert_eq!(order.customer(), CustomerId::new(Uuid::from_u128(2)));
    assert_eq!(order.currency(), Eur);
}

#[test]
fn line_copies_sku_name_and_price() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(3)).expect("an item");
    let [item] = order.items() else { panic!("one line, not {:?}", order.items()) };
    assert_eq!(item.sku().as_str(), "house-espresso");
    assert_eq!(item.name(), "House Espresso, 1 kg");
    assert_eq!(item.unit_price(), Money::from_minor(1890, Eur));
    assert_eq!(item.quantity(), quantity(3));
    assert_eq!(item.subtotal(), Money::from_minor(5670, Eur), "3 times 18.90");
    let tea = product(" Tea-No-1 ", " Grüner Tee\n", 400, Eur);
    order.add_item(&tea, quantity(1)).expect("an item");
    let added = (order.items()[1].sku().as_str(), order.items()[1].name());
    assert_eq!(added, (" Tea-No-1 ", " Grüner Tee\n"), "letter for letter");
    let sample = product("sample", "", 0, Eur);
    order.add_item(&sample, quantity(1)).expect("an item");
    assert_eq!(order.items()[2].name(), "", "a product may have no name");
}

#[rstest]
#[case::euros(Eur, 1890, 3)]
#[case::yen(Jpy, 3000, 1)]
#[case::dinars_in_the_maximum_quantity(Kwd, 7, 1000)]
#[case::free(Eur, 0, 12)]
#[case::largest_price(Eur, i64::MAX, 1)]
fn product_in_currency_of_order_is_accepted(
    #[case] currency: Currency,
    #[case] price: i64,
    #[case] number: i64,
) {
    let mut order = draft(currency);
    let added = order.add_item(&espresso(price, currency), quantity(number));
    assert_eq!(added, Ok(()), "{number} times {price} {currency}");
    let subtotal = Money::from_minor(price * number, currency);
    assert_eq!(order.items().len(), 1);
    assert_eq!(order.items()[0].subtotal(), subtotal);
    assert_eq!(order.total(), subtotal);
    assert_eq!(order.currency(), currency);
}

#[test]
fn free_product_is_accepted_beside_others() {
    let mut order = draft(Eur);
    for price in [1890, 0, 400] {
        order.add_item(&espresso(price, Eur), quantity(1)).expect("an item");
    }
    assert_eq!(order.items().len(), 3, "the free one is a line as well");
    assert_eq!(order.total(), Money::from_minor(2290, Eur));
}

#[test]
fn total_is_sum_of_subtotals() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(3)).expect("an item");
    order.add_item(&product("tea", "Tea", 400, Eur), quantity(2)).expect("an item");
    assert_eq!(order.total(), Money::from_minor(6470, Eur));
}

#[test]
fn lines_stay_in_order_of_adding() {
    let mut order = draft(Eur);
    for sku in ["tea", "filter-paper", "house-espresso"] {
        order.add_item(&product(sku, sku, 100, Eur), quantity(1)).expect("an item");
    }
    let skus: Vec<&str> =
        order.items().iter().map(|item| item.sku().as_str()).collect();
    assert_eq!(skus, ["tea", "filter-paper", "house-espresso"]);
}

#[test]
fn order_takes_hundreds_of_lines() {
    let mut order = draft(Eur);
    for _ in 0..300 {
        order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    }
    assert_eq!(order.items().len(), 300);
    assert_eq!(order.total(), Money::from_minor(300 * 1890, Eur));
}

#[test]
fn later_price_and_name_leave_lines_unchanged() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let renamed = product("house-espresso", "Espresso No. 1", 2190, Eur);
    order.add_item(&renamed, quantity(1)).expect("an item");
    let lines: Vec<(&str, i64)> = order
        .items()
        .iter()
        .map(|item| (item.name(), item.unit_price().minor()))
        .collect();
    assert_eq!(
        lines,
        [("House Espresso, 1 kg", 1890), ("Espresso No. 1", 2190)],
        "each line has the name and the price of its moment"
    );
    assert_eq!(order.total(), Money::from_minor(4080, Eur));
}

#[test]
fn same_product_twice_is_two_lines() {
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
fn two_lines_may_have_more_than_the_maximum_quantity() {
    let mut order = draft(Eur);
    for _ in 0..2 {
        order.add_item(&espresso(1890, Eur), quantity(1000)).expect("an item");
    }
    assert_eq!(order.items().len(), 2, "the maximum is one of a line");
    assert_eq!(order.total(), Money::from_minor(2000 * 1890, Eur));
}

#[test]
fn changed_copy_leaves_order_unchanged() {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    let mut copy: Vec<OrderItem> = order.items().to_vec();
    copy.clear();
    assert_eq!(order.items().len(), 1, "the order's own items");
}

#[test]
fn empty_sku_and_negative_price_are_refused() {
    assert!(Sku::new("").is_err());
    let sku = Sku::new("tea").expect("a sku");
    assert!(
        Product::new(sku.clone(), "Tea", Money::zero(Eur)).is_ok(),
        "free is a price"
    );
    assert!(Product::new(sku, "Tea", Money::from_minor(-1, Eur)).is_err());
}
