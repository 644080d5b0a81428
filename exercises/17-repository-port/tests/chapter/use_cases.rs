//! What the order desk does, asked of the use cases themselves: no request, no router, and no database.

use std::sync::Arc;

use crate::desk::{
    adapters::in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
    application::{
        Accounts, CancelOrderError, OrderDesk, PlaceOrder, PlaceOrderError,
        RepeatOrderError,
    },
    domain::{
        AddItemError, CancelError, CustomerId, MoneyError, Order, OrderId,
        StateName, SubmitError, User,
    },
};
use uuid::Uuid;

use crate::{
    desk_in_memory::{euros, offer, sku, somebody, wanted},
    use_case_wiring::{accounts, order_desk},
};

// ANCHOR: desk
/// The order desk with all in memory, tea and mate in its catalogue, and Ada, who has an account.
struct Desk {
    accounts: Accounts,
    orders: OrderDesk,
    catalogue: Arc<InMemoryCatalogue>,
    ada: User,
}

async fn desk() -> Desk {
    let users = Arc::new(InMemoryUsers::default());
    let catalogue = Arc::new(InMemoryCatalogue::default());
    offer(&catalogue, "tea", "Tea, after all", 400);
    offer(&catalogue, "mate", "Mate", 700);
    let accounts = accounts(users.clone());
    let ada = accounts.register(somebody("Ada")).await.expect("Ada has an account");
    let kept = Arc::new(InMemoryOrders::default());
    let orders = order_desk(users, kept, catalogue.clone());
    Desk { accounts, orders, catalogue, ada }
}
// ANCHOR_END: desk

impl Desk {
    fn ada(&self) -> CustomerId {
        CustomerId::of(self.ada.id())
    }

    /// Places an order of Ada's.
    async fn place(&self, lines: &[(&str, i64)]) -> Result<Order, PlaceOrderError> {
        self.orders.place(wanted(self.ada(), lines)).await
    }

    /// How many orders Ada has.
    async fn count(&self) -> usize {
        let orders = self.orders.of_customer(self.ada()).await.expect("an answer");
        orders.expect("Ada has an account").len()
    }
}

// ANCHOR: register
#[tokio::test]
async fn a_user_registers_without_a_database() {
    let accounts = accounts(Arc::new(InMemoryUsers::default()));

    let registered = accounts.register(somebody("Ada")).await.expect("an account");

    assert_eq!(
        (registered.email().as_str(), registered.is_active()),
        ("ada@beans.example", true),
        "a new user is active"
    );
    let kept = accounts.find(registered.id()).await.expect("the account is kept");
    assert_eq!(
        (kept.email(), kept.name(), kept.staff_note()),
        (registered.email(), registered.name(), registered.staff_note())
    );
}
// ANCHOR_END: register

// ANCHOR: place
#[tokio::test]
async fn an_order_is_placed_without_a_database() {
    let desk = desk().await;

    let placed = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");

    assert_eq!(
        (placed.customer(), placed.state().name(), placed.total()),
        (desk.ada(), StateName::Submitted, euros(1500)),
        "it is Ada's, it is submitted, and costs what the catalogue says"
    );
    let kept = desk.orders.find(placed.id()).await.expect("an answer");
    assert_eq!(
        kept.as_ref().map(Order::items),
        Some(placed.items()),
        "the order is kept with all its lines"
    );
}
// ANCHOR_END: place

// ANCHOR: deactivated
#[tokio::test]
async fn a_deactivated_user_places_no_order() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let placed = desk.place(&[("tea", 1)]).await;
    let repeated = desk.orders.repeat(before.id()).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "the staff deactivated Ada: {placed:?}"
    );
    assert!(
        matches!(
            repeated,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "the same again is an order too: {repeated:?}"
    );
    assert_eq!(desk.count().await, 1, "the one from before, and no more");
}
// ANCHOR_END: deactivated

#[tokio::test]
async fn whoever_may_not_order_is_told_that_first() {
    let desk = desk().await;
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let placed = desk.place(&[("cocoa", 1)]).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "what is sold is no matter of hers: {placed:?}"
    );
}

#[tokio::test]
async fn an_order_needs_a_customer_products_and_lines() {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());

    let of_nobody =
        desk.orders.place(PlaceOrder { customer: nobody, lines: vec![] }).await;
    let of_cocoa = desk.place(&[("tea", 1), ("cocoa", 1)]).await;
    let of_nothing = desk.place(&[]).await;

    assert!(
        matches!(of_nobody, Err(PlaceOrderError::NoSuchCustomer(id)) if id == nobody),
        "the error says who is not there: {of_nobody:?}"
    );
    assert!(
        matches!(&of_cocoa, Err(PlaceOrderError::NoSuchProduct(sku)) if sku.as_str() == "cocoa"),
        "the error says what is not sold: {of_cocoa:?}"
    );
    assert!(
        matches!(of_nothing, Err(PlaceOrderError::Submit(SubmitError::Empty))),
        "the order itself refuses to be empty: {of_nothing:?}"
    );
    assert_eq!(desk.count().await, 0, "nothing is kept");
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_by_the_order() {
    let desk = desk().await;
    offer(&desk.catalogue, "moon", "A moon", i64::MAX);

    let refused = desk.place(&[("moon", 2)]).await;

    assert!(
        matches!(
            refused,
            Err(PlaceOrderError::AddItem(AddItemError::Price(
                MoneyError::Overflow
            )))
        ),
        "two of them are more than money can count: {refused:?}"
    );
}

// ANCHOR: repeat
#[tokio::test]
async fn the_same_again_costs_what_it_costs_today() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 2)]).await.expect("an order");
    offer(&desk.catalogue, "tea", "Tea, the last of it", 500);

    let again = desk.orders.repeat(before.id()).await.expect("an order");

    assert_ne!(again.id(), before.id(), "it is an order of its own");
    assert_eq!(again.total(), euros(1000), "two of them, at today's price");
    let kept = desk.orders.find(before.id()).await.expect("an answer");
    assert_eq!(
        kept.map(|order| order.total()),
        Some(euros(800)),
        "and the one before stays what was agreed"
    );
}
// ANCHOR_END: repeat

#[tokio::test]
async fn what_is_gone_or_was_never_there_cannot_be_had_again() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 2)]).await.expect("an order");
    desk.catalogue.take_away(&sku("tea"));
    let none = OrderId::new(Uuid::now_v7());

    let gone = desk.orders.repeat(before.id()).await;
    let never = desk.orders.repeat(none).await;

    assert!(
        matches!(&gone, Err(RepeatOrderError::Place(PlaceOrderError::NoSuchProduct(sku))) if sku.as_str() == "tea"),
        "the error says what is gone: {gone:?}"
    );
    assert!(
        matches!(never, Err(RepeatOrderError::NoSuchOrder(id)) if id == none),
        "there is no such order: {never:?}"
    );
}

// ANCHOR: cancel
#[tokio::test]
async fn an_order_is_cancelled_once_and_that_is_kept() {
    let desk = desk().await;
    let placed = desk.place(&[("tea", 2)]).await.expect("an order");

    let cancelled = desk.orders.cancel(placed.id()).await.expect("it is cancelled");
    let again = desk.orders.cancel(placed.id()).await;

    assert_eq!(cancelled.state().name(), StateName::Cancelled);
    assert!(
        matches!(
            again,
            Err(CancelOrderError::Cancel(CancelError::AlreadyCancelled))
        ),
        "the kept order knows that it is cancelled: {again:?}"
    );
}
// ANCHOR_END: cancel

#[tokio::test]
async fn a_customer_sees_her_own_orders_the_newest_first() {
    let desk = desk().await;
    let bo =
        desk.accounts.register(somebody("Bo")).await.expect("Bo has an account");
    let first = desk.place(&[("tea", 1)]).await.expect("an order");
    let of_bo = wanted(CustomerId::of(bo.id()), &[("mate", 1)]);
    desk.orders.place(of_bo).await.expect("an order");
    let second = desk.place(&[("tea", 2)]).await.expect("an order");
    desk.orders.cancel(first.id()).await.expect("it is cancelled");

    let listed = desk.orders.of_customer(desk.ada()).await.expect("an answer");

    let listed: Vec<_> = listed
        .iter()
        .flatten()
        .map(|order| (order.id(), order.state().name()))
        .collect();
    assert_eq!(
        listed,
        [(second.id(), StateName::Submitted), (first.id(), StateName::Cancelled)],
        "hers alone, a cancelled one too, and the newest first"
    );
}

#[tokio::test]
async fn only_what_is_there_can_be_cancelled_or_listed() {
    let desk = desk().await;
    let none = OrderId::new(Uuid::now_v7());

    let cancelled = desk.orders.cancel(none).await;
    let listed = desk.orders.of_customer(CustomerId::new(Uuid::now_v7())).await;

    assert!(
        matches!(cancelled, Err(CancelOrderError::NoSuchOrder(id)) if id == none),
        "there is no such order: {cancelled:?}"
    );
    assert!(
        matches!(listed, Ok(None)),
        "no customer is not the same as no orders: {listed:?}"
    );
}
