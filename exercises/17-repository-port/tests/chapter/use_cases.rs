//! What the order desk does, asked of the use cases themselves: no request, no router, and no database.

use std::sync::Arc;

use rstest::rstest;
use uuid::Uuid;

use crate::{
    desk::{
        adapters::in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
        application::{
            Accounts, CancelOrderError, OrderDesk, PlaceOrderError,
            RepeatOrderError, ports::OrderRepository,
        },
        domain::{
            AddItemError, CancelError, Currency, CustomerId, MoneyError, Order,
            OrderId, StateName, SubmitError, User,
        },
    },
    desk_in_memory::{euros, offer, sku, somebody, wanted},
    samples_of_orders::{all_of, in_state, order_id, submitted, user},
    use_case_wiring::{accounts, order_desk},
};

// ANCHOR: desk
/// The order desk with all in memory, tea and mate in its catalogue, and Ada, who has an account.
struct Desk {
    accounts: Accounts,
    orders: OrderDesk,
    kept: Arc<InMemoryOrders>,
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
    let orders = order_desk(users, kept.clone(), catalogue.clone());
    Desk { accounts, orders, kept, catalogue, ada }
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

    /// Holds that these are Ada's orders, the newest first.
    async fn assert_kept(&self, orders: &[&Order], why: &str) {
        let kept = self.kept.of_customer(self.ada()).await.expect("an answer");
        let kept: Vec<_> = kept.iter().map(all_of).collect();
        let orders: Vec<_> = orders.iter().copied().map(all_of).collect();
        assert_eq!(kept, orders, "{why}");
    }
}

/// Sku, name, quantity and price in cents of each line.
fn lines(order: &Order) -> Vec<(&str, &str, u32, i64)> {
    order
        .items()
        .iter()
        .map(|item| {
            let (sku, price) = (item.sku().as_str(), item.unit_price().minor());
            (sku, item.name(), item.quantity().get(), price)
        })
        .collect()
}

// ANCHOR: register
#[tokio::test]
async fn user_registers_without_database() {
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
async fn order_is_placed_without_database() {
    let desk = desk().await;

    let placed = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");

    assert_eq!(
        (placed.customer(), placed.state().name(), placed.total()),
        (desk.ada(), StateName::Submitted, euros(1500)),
        "it is Ada's, it is submitted, and costs what the catalogue says"
    );
    let found = desk.orders.find(placed.id()).await.expect("an answer");
    assert_eq!(
        found.as_ref().map(all_of),
        Some(all_of(&placed)),
        "the order is kept with all its lines"
    );
    desk.assert_kept(&[&placed], "and it is kept once").await;
}
// ANCHOR_END: place

// ANCHOR: deactivated
#[tokio::test]
async fn deactivated_user_cannot_order() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let placed = desk.place(&[("tea", 1)]).await;
    let repeated = desk.orders.repeat(before.id()).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "the staff deactivated Ada, and her order is answered with: {placed:?}"
    );
    assert!(
        matches!(
            repeated,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "the same again is an order too: {repeated:?}"
    );
    desk.assert_kept(&[&before], "the one from before, and no more").await;
}
// ANCHOR_END: deactivated

#[tokio::test]
async fn order_needs_customer_products_and_lines() {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());

    let of_nobody = desk.orders.place(wanted(nobody, &[("tea", 1)])).await;
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
    let of_nobody = desk.kept.of_customer(nobody).await.expect("an answer");
    assert!(of_nobody.is_empty(), "nothing is kept: {of_nobody:?}");
    desk.assert_kept(&[], "nothing is kept").await;
}

// ANCHOR: checks
#[rstest]
#[case::unknown_product(&[("cocoa", 1)])]
#[case::no_lines(&[])]
#[tokio::test]
async fn customer_is_checked_before_products(#[case] lines: &[(&str, i64)]) {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let of_nobody = desk.orders.place(wanted(nobody, lines)).await;
    let of_ada = desk.place(lines).await;

    assert!(
        matches!(of_nobody, Err(PlaceOrderError::NoSuchCustomer(_))),
        "first it is asked whether the customer is there: {of_nobody:?}"
    );
    assert!(
        matches!(of_ada, Err(PlaceOrderError::Deactivated)),
        "and then whether she may order: {of_ada:?}"
    );
}

#[tokio::test]
async fn repeat_checks_customer_before_products() {
    let desk = desk().await;
    let of_nobody = submitted(2, &user(99, "Nobody"));
    desk.kept.insert(&of_nobody).await.expect("its id is free");
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    desk.catalogue.take_away(&sku("tea"));
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let of_ada = desk.orders.repeat(before.id()).await;
    let again = desk.orders.repeat(of_nobody.id()).await;

    assert!(
        matches!(
            of_ada,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "tea is gone, but first it is asked whether Ada may order: {of_ada:?}"
    );
    assert!(
        matches!(again, Err(RepeatOrderError::Place(PlaceOrderError::NoSuchCustomer(id))) if id == of_nobody.customer()),
        "and before that, whether the customer is there: {again:?}"
    );
}

#[tokio::test]
async fn first_refused_line_is_named() {
    let desk = desk().await;
    offer(&desk.catalogue, "moon", "A moon", i64::MAX);

    let moon_first = desk.place(&[("tea", 1), ("moon", 2), ("cocoa", 1)]).await;
    let cocoa_first = desk.place(&[("cocoa", 1), ("moon", 2), ("kvass", 1)]).await;

    assert!(
        matches!(moon_first, Err(PlaceOrderError::AddItem(_))),
        "two moons are the first line that cannot be ordered: {moon_first:?}"
    );
    assert!(
        matches!(&cocoa_first, Err(PlaceOrderError::NoSuchProduct(sku)) if sku.as_str() == "cocoa"),
        "cocoa is the first line that cannot be ordered: {cocoa_first:?}"
    );
}
// ANCHOR_END: checks

#[rstest]
#[case::one_line(&[("moon", 2)])]
#[case::two_lines(&[("moon", 1), ("tea", 1)])]
#[tokio::test]
async fn uncountable_order_is_refused(#[case] lines: &[(&str, i64)]) {
    let desk = desk().await;
    offer(&desk.catalogue, "moon", "A moon", i64::MAX);

    let refused = desk.place(lines).await;

    assert!(
        matches!(
            refused,
            Err(PlaceOrderError::AddItem(AddItemError::Price(
                MoneyError::Overflow
            )))
        ),
        "this is more than money can count: {refused:?}"
    );
    desk.assert_kept(&[], "nothing is kept").await;
    let one = desk.place(&[("moon", 1)]).await.expect("one moon can be counted");
    assert_eq!(one.total(), euros(i64::MAX));
}

// ANCHOR: repeat
#[tokio::test]
async fn repeat_uses_prices_of_today() {
    let desk = desk().await;
    offer(&desk.catalogue, "water", "Water", 0);
    let old = [("tea", 2), ("mate", 1), ("tea", 3), ("water", 4)];
    let before = desk.place(&old).await.expect("an order");
    offer(&desk.catalogue, "tea", "Tea, the last of it", 500);
    offer(&desk.catalogue, "mate", "Mate", 0);

    let again = desk.orders.repeat(before.id()).await.expect("an order");

    assert_ne!(again.id(), before.id(), "it is an order of its own");
    assert_eq!(again.customer(), desk.ada(), "of the same customer");
    assert_eq!(
        lines(&again),
        [
            ("tea", "Tea, the last of it", 2, 500),
            ("mate", "Mate", 1, 0),
            ("tea", "Tea, the last of it", 3, 500),
            ("water", "Water", 4, 0),
        ],
        "the same lines, at today's names and prices"
    );
    desk.assert_kept(&[&again, &before], "the one before stays what was agreed")
        .await;
}
// ANCHOR_END: repeat

#[tokio::test]
async fn repeat_needs_order_and_products() {
    let desk = desk().await;
    let before = desk.place(&[("mate", 1), ("tea", 2)]).await.expect("an order");
    let empty = Order::draft(order_id(u128::MAX), desk.ada(), Currency::Eur);
    desk.kept.insert(&empty).await.expect("its id is free");
    desk.catalogue.take_away(&sku("tea"));
    let none = OrderId::new(Uuid::now_v7());

    let gone = desk.orders.repeat(before.id()).await;
    let never = desk.orders.repeat(none).await;
    let of_nothing = desk.orders.repeat(empty.id()).await;

    assert!(
        matches!(&gone, Err(RepeatOrderError::Place(PlaceOrderError::NoSuchProduct(sku))) if sku.as_str() == "tea"),
        "the error says what is gone: {gone:?}"
    );
    assert!(
        matches!(never, Err(RepeatOrderError::NoSuchOrder(id)) if id == none),
        "there is no such order: {never:?}"
    );
    assert!(
        matches!(
            of_nothing,
            Err(RepeatOrderError::Place(PlaceOrderError::Submit(
                SubmitError::Empty
            )))
        ),
        "an empty draft is as empty the second time: {of_nothing:?}"
    );
    desk.assert_kept(&[&empty, &before], "nothing more is kept").await;
}

// ANCHOR: cancel
#[tokio::test]
async fn cancellation_is_kept() {
    let desk = desk().await;
    let placed = desk.place(&[("tea", 2)]).await.expect("an order");

    let cancelled = desk.orders.cancel(placed.id()).await.expect("it is cancelled");
    let again = desk.orders.cancel(placed.id()).await;

    assert_eq!(cancelled.state().name(), StateName::Cancelled);
    desk.assert_kept(&[&cancelled], "it is kept as it was answered").await;
    assert!(
        matches!(
            again,
            Err(CancelOrderError::Cancel(CancelError::AlreadyCancelled))
        ),
        "the kept order knows that it is cancelled: {again:?}"
    );
}
// ANCHOR_END: cancel

#[rstest]
#[case::paid(StateName::Paid)]
#[case::shipped(StateName::Shipped)]
#[tokio::test]
async fn paid_or_shipped_order_cannot_be_cancelled(#[case] state: StateName) {
    let desk = desk().await;
    let order = in_state(1, &desk.ada, state);
    desk.kept.insert(&order).await.expect("its id is free");

    let cancelled = desk.orders.cancel(order.id()).await;

    assert!(
        matches!(cancelled, Err(CancelOrderError::Cancel(CancelError::TooLate(is))) if is == state),
        "the order itself refuses: {cancelled:?}"
    );
    desk.assert_kept(&[&order], "and it stays as it was").await;
}

#[tokio::test]
async fn order_list_is_newest_first() {
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
async fn cancel_and_list_need_order_and_customer() {
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
