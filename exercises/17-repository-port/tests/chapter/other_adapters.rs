//! Adapters that only a test would write. A port does not care who is behind it, so what hardly ever happens can be made
//! to happen.

use std::sync::Arc;

use async_trait::async_trait;
use uuid::Uuid;

use crate::{
    desk::{
        adapters::in_memory::{InMemoryOrders, InMemoryUsers},
        application::{
            CancelOrderError, ChangeUser, PlaceOrderError, RepeatOrderError,
            ports::{
                InsertError, OrderRepository, StorageError, UpdateError,
                UserRepository,
            },
        },
        domain::{CustomerId, Order, OrderId},
    },
    desk_in_memory::{catalogue_with_tea, register, wanted},
    fake_users::QuickStaff,
    fakes::{Broken, disk_full},
    samples_of_orders::submitted,
    use_case_wiring::{accounts, order_desk},
};

#[tokio::test]
async fn whoever_cannot_be_asked_for_is_not_unknown() {
    let desk = order_desk(
        Arc::new(Broken),
        Arc::new(InMemoryOrders::default()),
        catalogue_with_tea(),
    );
    let ada = CustomerId::new(Uuid::now_v7());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let listed = desk.of_customer(ada).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "nobody can say whether there is such a user: {placed:?}"
    );
    assert!(listed.is_err(), "nor when her orders are listed: {listed:?}");
}

#[tokio::test]
async fn a_product_that_cannot_be_looked_up_is_not_gone() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = register(users.clone()).await;
    let orders = Arc::new(InMemoryOrders::default());
    let desk = order_desk(users, orders.clone(), Arc::new(Broken));

    let placed = desk.place(wanted(CustomerId::of(ada.id()), &[("tea", 1)])).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "nobody can say whether tea is sold: {placed:?}"
    );
    let kept = orders.of_customer(CustomerId::of(ada.id())).await;
    assert!(
        kept.as_ref().is_ok_and(Vec::is_empty),
        "and nothing is kept: {kept:?}"
    );
}

// ANCHOR: broken_test
#[tokio::test]
async fn an_order_that_cannot_be_kept_is_not_placed() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = CustomerId::of(register(users.clone()).await.id());
    let desk = order_desk(users, Arc::new(Broken), catalogue_with_tea());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "the disk is full, and Ada has to know: {placed:?}"
    );
}
// ANCHOR_END: broken_test

#[tokio::test]
async fn an_order_that_cannot_be_read_is_not_gone() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = CustomerId::of(register(users.clone()).await.id());
    let desk = order_desk(users, Arc::new(Broken), catalogue_with_tea());
    let id = OrderId::new(Uuid::now_v7());

    let found = desk.find(id).await;
    let listed = desk.of_customer(ada).await;
    let cancelled = desk.cancel(id).await;
    let repeated = desk.repeat(id).await;

    assert!(found.is_err(), "nobody can say whether it is there: {found:?}");
    assert!(listed.is_err(), "nor which there are: {listed:?}");
    assert!(
        matches!(cancelled, Err(CancelOrderError::Storage(_))),
        "nor when it is cancelled: {cancelled:?}"
    );
    assert!(
        matches!(repeated, Err(RepeatOrderError::Storage(_))),
        "nor when it is had again: {repeated:?}"
    );
}

/// Orders in memory, where somebody else is always quicker: between reading and
/// writing, an order goes, and an id is taken.
#[derive(Debug)]
struct TooLate(InMemoryOrders);

#[async_trait]
impl OrderRepository for TooLate {
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        self.0.find(id).await
    }

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        self.0.of_customer(customer).await
    }

    async fn insert(&self, _order: &Order) -> Result<(), InsertError> {
        Err(InsertError::SameId)
    }

    async fn update(&self, _order: &Order) -> Result<(), UpdateError> {
        Err(UpdateError::NotThere)
    }
}

#[tokio::test]
async fn an_order_that_goes_before_it_is_written_is_not_there() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = register(users.clone()).await;
    let orders = InMemoryOrders::default();
    let kept = submitted(1, &ada);
    orders.insert(&kept).await.expect("its id is free");
    let desk = order_desk(users, Arc::new(TooLate(orders)), catalogue_with_tea());

    let cancelled = desk.cancel(kept.id()).await;

    assert!(
        matches!(cancelled, Err(CancelOrderError::NoSuchOrder(id)) if id == kept.id()),
        "it was there when it was read, and not any more: {cancelled:?}"
    );
}

#[tokio::test]
async fn an_id_that_is_taken_is_no_fault_of_the_customer() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = CustomerId::of(register(users.clone()).await.id());
    let orders = Arc::new(TooLate(InMemoryOrders::default()));
    let desk = order_desk(users, orders, catalogue_with_tea());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "the service has made the id, so nobody else can mend it: {placed:?}"
    );
}

/// Orders in memory that are written once: what they become later does not come
/// through.
#[derive(Debug, Default)]
struct WrittenOnce(InMemoryOrders);

#[async_trait]
impl OrderRepository for WrittenOnce {
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        self.0.find(id).await
    }

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        self.0.of_customer(customer).await
    }

    async fn insert(&self, order: &Order) -> Result<(), InsertError> {
        self.0.insert(order).await
    }

    async fn update(&self, _order: &Order) -> Result<(), UpdateError> {
        Err(disk_full().into())
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_changed_is_still_there() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = CustomerId::of(register(users.clone()).await.id());
    let orders = Arc::new(WrittenOnce::default());
    let desk = order_desk(users, orders, catalogue_with_tea());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let placed = placed.expect("it is written once, and complete");
    let cancelled = desk.cancel(placed.id()).await;

    assert!(
        matches!(cancelled, Err(CancelOrderError::Storage(_))),
        "the disk is full, and the order is there: {cancelled:?}"
    );
}

/// The price of two ports. Chapter 29 gives the moment between them back, and turns
/// this test round.
// ANCHOR: between
#[tokio::test]
async fn between_the_question_and_the_order_ada_may_be_deactivated() {
    let users = Arc::new(QuickStaff::default());
    let ada = register(users.clone()).await;
    let orders = Arc::new(InMemoryOrders::default());
    let desk = order_desk(users.clone(), orders, catalogue_with_tea());

    let placed = desk.place(wanted(CustomerId::of(ada.id()), &[("tea", 1)])).await;

    let now = users.0.find(ada.id()).await.expect("an answer");
    assert_eq!(
        (placed.is_ok(), now.map(|user| user.is_active())),
        (true, Some(false)),
        "Ada was active when the desk asked, and her order is placed: {placed:?}"
    );
}
// ANCHOR_END: between

/// The same price for accounts. Chapter 30 turns this one round.
// ANCHOR: reopened
#[tokio::test]
async fn an_account_that_is_closed_meanwhile_may_be_open_again() {
    let users = Arc::new(QuickStaff::default());
    let ada = register(users.clone()).await;
    let accounts = accounts(users.clone());

    let no_phone = ChangeUser { name: None, phone: Some(None) };
    accounts.change(ada.id(), no_phone).await.expect("Ada is there");

    let now = users.0.find(ada.id()).await.expect("an answer");
    assert_eq!(
        now.map(|user| user.is_active()),
        Some(true),
        "the staff has closed it, and Ada's late write says otherwise"
    );
}
// ANCHOR_END: reopened
