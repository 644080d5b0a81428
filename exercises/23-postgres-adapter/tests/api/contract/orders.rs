//! What every repository of orders keeps.

use postgres_adapter::{
    application::ports::{InsertError, UpdateError},
    domain::{
        Currency, CustomerId, Money, Order, OrderId, Product, Quantity, Sku,
        StateName, User,
    },
};
use rstest::rstest;
use rstest_reuse::apply;
use time::{Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

use super::{Kept, every_adapter, in_memory, sqlite, users::user};

/// The moment in which these orders begin to move. Finer than a microsecond, not every database keeps it.
const NINE: OffsetDateTime = datetime!(2026-11-24 09:00:00.123456 UTC);

fn later(minutes: i64) -> OffsetDateTime {
    NINE + Duration::minutes(minutes)
}

fn customer(user: &User) -> CustomerId {
    CustomerId::of(user.id())
}

fn product(sku: &str, name: &str, cents: i64) -> Product {
    let sku = Sku::new(sku).expect("a sku");
    let price = Money::from_minor(cents, Currency::Eur);
    Product::new(sku, name, price).expect("a product")
}

fn add(order: &mut Order, product: &Product, quantity: i64) {
    let quantity = Quantity::new(quantity).expect("a quantity");
    order.add_item(product, quantity).expect("a draft takes items");
}

/// A draft of this customer's, with two lines.
fn draft(number: u128, of: &User) -> Order {
    let id = OrderId::new(Uuid::from_u128(number));
    let mut order = Order::draft(id, customer(of), Currency::Eur);
    add(&mut order, &product("tea", "Tea, after all", 400), 2);
    add(&mut order, &product("mate", "Mate O'Beans, エチオピア \u{1F375}", 700), 1);
    order
}

fn submitted(number: u128, of: &User) -> Order {
    let mut order = draft(number, of);
    order.submit(NINE).expect("it has items");
    order
}

/// An order in this state.
fn in_state(number: u128, of: &User, state: StateName) -> Order {
    let mut order = draft(number, of);
    if state == StateName::Draft {
        return order;
    }
    order.submit(NINE).expect("it has items");
    if state == StateName::Cancelled {
        order.cancel(later(1)).expect("it is not paid");
    }
    if matches!(state, StateName::Paid | StateName::Shipped) {
        order.pay(later(2)).expect("it is submitted");
    }
    if state == StateName::Shipped {
        order.ship(later(3)).expect("it is paid");
    }
    assert_eq!(order.state().name(), state);
    order
}

/// All that is known of an order.
fn all_of(order: &Order) -> impl PartialEq + std::fmt::Debug + use<> {
    let items = order.items().to_vec();
    (order.id(), order.customer(), order.currency(), items, order.state())
}

impl Kept {
    async fn with_orders<const N: usize>(self, orders: [&Order; N]) -> Self {
        for order in orders {
            self.orders.insert(order).await.expect("a new order is kept");
        }
        self
    }

    /// Ada and Bo, who have accounts: an order is somebody's.
    async fn with_customers(self) -> (Self, User, User) {
        let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
        for user in [&ada, &bo] {
            self.users.insert(user).await.expect("a new user is kept");
        }
        (self, ada, bo)
    }

    /// Holds that this is what is kept of the order.
    async fn assert_order(&self, order: &Order, why: &str) {
        let found = self.orders.find(order.id()).await.expect("an answer");
        assert_eq!(found.as_ref().map(all_of), Some(all_of(order)), "{why}");
    }
}

// ANCHOR: found
#[apply(every_adapter)]
pub async fn an_order_is_found_as_it_was_inserted(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut never_submitted = draft(6, &ada);
    never_submitted.cancel(later(1)).expect("a draft can be cancelled");
    let empty = Order::draft(
        OrderId::new(Uuid::from_u128(7)),
        customer(&ada),
        Currency::Eur,
    );
    let orders = [
        &in_state(1, &ada, StateName::Draft),
        &in_state(2, &ada, StateName::Submitted),
        &in_state(3, &ada, StateName::Paid),
        &in_state(4, &ada, StateName::Shipped),
        &in_state(5, &ada, StateName::Cancelled),
        &never_submitted,
        &empty,
    ];

    let kept = kept.with_orders(orders).await;

    for order in orders {
        kept.assert_order(order, "with all items, in their order, and all times")
            .await;
    }
}
// ANCHOR_END: found

#[apply(every_adapter)]
pub async fn the_most_that_can_be_counted_is_kept(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let id = OrderId::new(Uuid::from_u128(1));
    let mut order = Order::draft(id, customer(&ada), Currency::Eur);
    add(&mut order, &product("moon", "A moon", i64::MAX), 1);
    add(&mut order, &product("air", "Air", 0), 1000);

    let kept = kept.with_orders([&order]).await;

    kept.assert_order(&order, "to the last cent").await;
}

#[apply(every_adapter)]
pub async fn an_order_that_is_not_there_is_not_found(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    let found = kept.orders.find(submitted(2, &ada).id()).await;

    assert!(matches!(found, Ok(None)), "no order has this id: {found:?}");
}

// ANCHOR: inserted_once
#[apply(every_adapter)]
pub async fn an_id_of_an_order_is_inserted_once(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let order = submitted(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut other = draft(1, &bo);
    add(&mut other, &product("cocoa", "Cocoa", 500), 1);

    let again = kept.orders.insert(&other).await;

    assert!(
        matches!(again, Err(InsertError::SameId)),
        "there is an order with this id: {again:?}"
    );
    kept.assert_order(&order, "what was there first stays, with its items").await;
}
// ANCHOR_END: inserted_once

// ANCHOR: updated
#[apply(every_adapter)]
pub async fn an_update_keeps_what_an_order_has_become(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let (mut order, other) = (draft(1, &ada), draft(2, &ada));
    let kept = kept.with_orders([&order, &other]).await;

    add(&mut order, &product("cocoa", "Cocoa", 500), 3);
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "an item more").await;

    order.submit(later(1)).expect("it has items");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "another state").await;

    order.pay(later(2)).expect("it is submitted");
    order.ship(later(3)).expect("it is paid");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "two states further").await;
    kept.assert_order(&other, "and it is no other order's").await;
}
// ANCHOR_END: updated

#[apply(every_adapter)]
pub async fn an_update_of_nothing_is_refused_and_makes_nothing(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let order = submitted(1, &ada);

    let updated = kept.orders.update(&order).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is no order with this id: {updated:?}"
    );
    let found = kept.orders.find(order.id()).await;
    assert!(matches!(found, Ok(None)), "an update makes no order: {found:?}");
}

#[apply(every_adapter)]
pub async fn an_order_is_changed_by_an_update_and_by_nothing_else(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let order = submitted(1, &ada);
    let kept = kept.with_orders([&order]).await;

    let found = kept.orders.find(order.id()).await.expect("an answer");
    found.expect("it is there").cancel(later(1)).expect("it is not paid");

    kept.assert_order(&order, "what was found is a copy").await;
}

// ANCHOR: listed
#[apply(every_adapter)]
pub async fn a_customers_orders_are_listed_the_newest_first(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let (first, of_bo) = (submitted(1, &ada), submitted(2, &bo));
    let (second, third) = (draft(3, &ada), in_state(4, &ada, StateName::Shipped));
    let kept = kept.with_orders([&second, &of_bo, &third, &first]).await;

    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");

    let listed: Vec<_> = listed.iter().map(all_of).collect();
    assert_eq!(
        listed,
        [all_of(&third), all_of(&second), all_of(&first)],
        "hers, whole, and in falling order of their ids"
    );
}
// ANCHOR_END: listed

#[apply(every_adapter)]
pub async fn who_has_not_ordered_has_no_orders(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    let listed = kept.orders.of_customer(customer(&bo)).await.expect("an answer");

    assert!(listed.is_empty(), "Bo has not ordered: {listed:?}");
}
