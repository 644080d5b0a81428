//! What orders in memory promise, asked of the port itself. No use case makes an id twice, so none would notice.

use crate::desk::{
    adapters::in_memory::InMemoryOrders,
    application::ports::{InsertError, OrderRepository, UpdateError},
    domain::{
        Currency, CustomerId, Money, Order, OrderId, OrderState, Product, Quantity,
        Sku,
    },
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A submitted order of one bag of tea. The higher its number, the newer it is.
pub fn order(number: u128, customer: CustomerId) -> Order {
    let price = Money::from_minor(400, Currency::Eur);
    let tea = Product::new(Sku::new("tea").expect("a sku"), "Tea", price);
    let one = Quantity::new(1).expect("a quantity");
    let mut order = Order::draft(id(number), customer, Currency::Eur);
    order.add_item(&tea.expect("a product"), one).expect("a line");
    order.submit(OffsetDateTime::UNIX_EPOCH).expect("it is submitted");
    order
}

fn id(number: u128) -> OrderId {
    OrderId::new(Uuid::from_u128(number))
}

fn customer(number: u128) -> CustomerId {
    CustomerId::new(Uuid::from_u128(number))
}

async fn orders(kept: &[Order]) -> InMemoryOrders {
    let orders = InMemoryOrders::default();
    for order in kept {
        orders.insert(order).await.expect("its id is free");
    }
    orders
}

#[tokio::test]
async fn an_order_is_found_as_it_was_written() {
    let ada = customer(1);
    let orders = orders(&[order(1, ada), order(2, ada)]).await;

    let found = orders.find(id(2)).await.expect("an answer");
    let nothing = orders.find(id(3)).await.expect("an answer");

    let found = found.expect("it was inserted");
    assert_eq!(
        (found.id(), found.customer(), found.state(), found.items()),
        (id(2), ada, order(2, ada).state(), order(2, ada).items())
    );
    assert!(nothing.is_none(), "nobody inserted that one: {nothing:?}");
}

// ANCHOR: insert
#[tokio::test]
async fn an_id_is_taken_once() {
    let (ada, bo) = (customer(1), customer(2));
    let orders = orders(&[order(1, ada)]).await;

    let again = orders.insert(&order(1, bo)).await;

    assert!(
        matches!(again, Err(InsertError::SameId)),
        "there is an order with this id already: {again:?}"
    );
    let kept = orders.find(id(1)).await.expect("an answer");
    assert_eq!(
        kept.map(|order| order.customer()),
        Some(ada),
        "and that one stays as it was"
    );
}
// ANCHOR_END: insert

#[tokio::test]
async fn an_update_is_for_what_is_there() {
    let orders = orders(&[]).await;

    let updated = orders.update(&order(1, customer(1))).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is no order with this id: {updated:?}"
    );
    let kept = orders.find(id(1)).await.expect("an answer");
    assert!(kept.is_none(), "and an update makes none: {kept:?}");
}

#[tokio::test]
async fn an_update_keeps_what_an_order_has_become() {
    let ada = customer(1);
    let orders = orders(&[order(1, ada), order(2, ada), order(3, ada)]).await;
    let later = OffsetDateTime::UNIX_EPOCH + Duration::HOUR;
    let mut cancelled = order(1, ada);
    cancelled.cancel(later).expect("it is cancelled");
    let mut paid = order(2, ada);
    paid.pay(later).expect("it is paid");

    orders.update(&cancelled).await.expect("it is there");
    orders.update(&paid).await.expect("it is there");

    let kept = orders.of_customer(ada).await.expect("an answer");
    let states: Vec<OrderState> = kept.iter().map(Order::state).collect();
    assert_eq!(
        states,
        [order(3, ada).state(), paid.state(), cancelled.state()],
        "the newest stays as it was, one is paid and one is cancelled, each since its moment"
    );
}

// ANCHOR: list
#[tokio::test]
async fn the_orders_of_a_customer_are_listed_the_newest_first() {
    let (ada, bo) = (customer(1), customer(2));
    let kept = [order(2, ada), order(4, bo), order(3, ada), order(1, ada)];
    let orders = orders(&kept).await;

    let of_ada = orders.of_customer(ada).await.expect("an answer");

    let ids: Vec<OrderId> = of_ada.iter().map(Order::id).collect();
    assert_eq!(
        ids,
        [id(3), id(2), id(1)],
        "in falling order of their ids, and none of Bo's"
    );
}
// ANCHOR_END: list
