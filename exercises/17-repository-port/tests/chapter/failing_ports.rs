//! Adapters that only a test would write. A port does not care who is behind it, so what hardly ever happens can be made
//! to happen.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;

use crate::{
    desk::{
        adapters::in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
        application::{
            CancelOrderError, ChangeUser, PlaceOrderError, RepeatOrderError,
            ports::{
                InsertError, OrderRepository, StorageError, UpdateError,
                UserRepository,
            },
        },
        domain::{CustomerId, Order, OrderId, StateName},
    },
    desk_in_memory::{catalogue_with_tea, offer, register, somebody, wanted},
    fake_users::QuickStaff,
    fakes::{Broken, assert_disk_full, disk_full},
    samples_of_orders::{all_of, customer, in_state, order_id, submitted, user},
    use_case_wiring::{accounts, order_desk},
};

/// Orders in memory that can be read. What is written comes to this, where there is an error.
#[derive(Debug, Default)]
struct Unwritable {
    orders: InMemoryOrders,
    /// How often somebody has inserted.
    inserts: AtomicU32,
    insert: Option<fn() -> InsertError>,
    update: Option<fn() -> UpdateError>,
}

#[async_trait]
impl OrderRepository for Unwritable {
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        self.orders.find(id).await
    }

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        self.orders.of_customer(customer).await
    }

    async fn insert(&self, order: &Order) -> Result<(), InsertError> {
        self.inserts.fetch_add(1, Ordering::Relaxed);
        match self.insert {
            Some(error) => Err(error()),
            None => self.orders.insert(order).await,
        }
    }

    async fn update(&self, order: &Order) -> Result<(), UpdateError> {
        match self.update {
            Some(error) => Err(error()),
            None => self.orders.update(order).await,
        }
    }
}

/// The failure of the storage that `place` passes on.
#[track_caller]
fn placing(answer: Result<Order, PlaceOrderError>) -> StorageError {
    match answer {
        Err(PlaceOrderError::Storage(error)) => error,
        other => panic!("the storage failed, and `place` answers: {other:?}"),
    }
}

#[track_caller]
fn repeating(answer: Result<Order, RepeatOrderError>) -> StorageError {
    match answer {
        Err(RepeatOrderError::Storage(error)) => error,
        Err(RepeatOrderError::Place(error)) => placing(Err(error)),
        other => panic!("the storage failed, and `repeat` answers: {other:?}"),
    }
}

#[track_caller]
fn cancelling(answer: Result<Order, CancelOrderError>) -> StorageError {
    match answer {
        Err(CancelOrderError::Storage(error)) => error,
        other => panic!("the storage failed, and `cancel` answers: {other:?}"),
    }
}

/// Users in memory, Ada among them, and orders in memory, with one of hers.
async fn ada_and_her_order()
-> (Arc<InMemoryUsers>, CustomerId, InMemoryOrders, Order) {
    let users = Arc::new(InMemoryUsers::default());
    let ada = register(users.clone()).await;
    let (orders, order) = (InMemoryOrders::default(), submitted(99, &ada));
    orders.insert(&order).await.expect("its id is free");
    (users, CustomerId::of(ada.id()), orders, order)
}

/// All that is in the order of Ada's.
fn catalogue() -> Arc<InMemoryCatalogue> {
    let catalogue = catalogue_with_tea();
    offer(&catalogue, "mate", "Mate", 700);
    catalogue
}

#[tokio::test]
async fn unreadable_user_is_not_unknown() {
    let (_, ada, orders, order) = ada_and_her_order().await;
    let orders = Arc::new(orders);
    let desk = order_desk(Arc::new(Broken), orders.clone(), catalogue());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let again = desk.repeat(order.id()).await;
    let listed = desk.of_customer(ada).await;

    assert_disk_full(&placing(placed));
    assert_disk_full(&repeating(again));
    assert_disk_full(&listed.expect_err("nobody can say whether she is there"));
    let kept = orders.of_customer(ada).await.expect("an answer");
    assert_eq!(kept.len(), 1, "the one from before: {kept:?}");
}

#[tokio::test]
async fn unreadable_product_is_not_unknown() {
    let (users, ada, orders, order) = ada_and_her_order().await;
    let orders = Arc::new(orders);
    let desk = order_desk(users, orders.clone(), Arc::new(Broken));

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let again = desk.repeat(order.id()).await;

    assert_disk_full(&placing(placed));
    assert_disk_full(&repeating(again));
    let kept = orders.of_customer(ada).await.expect("an answer");
    assert_eq!(kept.len(), 1, "the one from before: {kept:?}");
}

// ANCHOR: broken_test
#[tokio::test]
async fn unwritable_order_is_not_placed() {
    let users = Arc::new(InMemoryUsers::default());
    let ada = CustomerId::of(register(users.clone()).await.id());
    let desk = order_desk(users, Arc::new(Broken), catalogue_with_tea());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "the disk is full, and Ada has to know: {placed:?}"
    );
    assert_disk_full(&placing(placed));
}
// ANCHOR_END: broken_test

#[tokio::test]
async fn unwritable_order_is_not_repeated() {
    let (users, _, orders, order) = ada_and_her_order().await;
    let orders = Unwritable {
        orders,
        insert: Some(|| disk_full().into()),
        ..Unwritable::default()
    };
    let desk = order_desk(users, Arc::new(orders), catalogue());

    let again = desk.repeat(order.id()).await;

    assert_disk_full(&repeating(again));
}

#[tokio::test]
async fn unreadable_order_is_not_missing() {
    let (users, ada, ..) = ada_and_her_order().await;
    let desk = order_desk(users, Arc::new(Broken), catalogue());
    let id = order_id(99);

    let found = desk.find(id).await;
    let listed = desk.of_customer(ada).await;
    let cancelled = desk.cancel(id).await;
    let repeated = desk.repeat(id).await;

    assert_disk_full(&found.expect_err("nobody can say whether it is there"));
    assert_disk_full(&listed.expect_err("nobody can say which there are"));
    assert_disk_full(&cancelling(cancelled));
    assert_disk_full(&repeating(repeated));
}

#[tokio::test]
async fn unwritable_user_is_not_registered() {
    let registered = accounts(Arc::new(Broken)).register(somebody("Ada")).await;

    assert_disk_full(&registered.expect_err("the disk is full, and Ada is kept"));
}

#[tokio::test]
async fn order_deleted_before_update_is_missing() {
    let (users, _, orders, order) = ada_and_her_order().await;
    let orders = Unwritable {
        orders,
        update: Some(|| UpdateError::NotThere),
        ..Unwritable::default()
    };
    let desk = order_desk(users, Arc::new(orders), catalogue());

    let cancelled = desk.cancel(order.id()).await;

    assert!(
        matches!(cancelled, Err(CancelOrderError::NoSuchOrder(id)) if id == order.id()),
        "it was there when it was read, and not any more: {cancelled:?}"
    );
}

#[tokio::test]
async fn taken_order_id_is_a_storage_error() {
    let (users, ada, orders, order) = ada_and_her_order().await;
    let orders = Arc::new(Unwritable {
        orders,
        insert: Some(|| InsertError::SameId),
        ..Unwritable::default()
    });
    let desk = order_desk(users, orders.clone(), catalogue());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let again = desk.repeat(order.id()).await;

    // The service has made the id, so nobody else can mend it.
    placing(placed);
    repeating(again);
    let inserts = orders.inserts.load(Ordering::Relaxed);
    assert_eq!(inserts, 2, "each of the two orders is inserted once");
}

#[tokio::test]
async fn refused_order_is_not_written() {
    let (users, ada, orders, order) = ada_and_her_order().await;
    let bo = user(2, "Bo");
    let paid = in_state(98, &bo, StateName::Paid);
    orders.insert(&paid).await.expect("its id is free");
    let orders = Arc::new(Unwritable {
        orders,
        insert: Some(|| disk_full().into()),
        update: Some(|| disk_full().into()),
        ..Unwritable::default()
    });
    let desk = order_desk(users, orders.clone(), catalogue_with_tea());

    let for_bo = desk.place(wanted(customer(&bo), &[("tea", 1)])).await;
    let of_cocoa = desk.place(wanted(ada, &[("cocoa", 1)])).await;
    let of_bo = desk.repeat(paid.id()).await;
    let of_mate = desk.repeat(order.id()).await;
    let cancelled = desk.cancel(paid.id()).await;

    for placed in [&for_bo, &of_cocoa] {
        let storage = matches!(placed, Err(PlaceOrderError::Storage(_)) | Ok(_));
        assert!(!storage, "what is refused is not written: {placed:?}");
    }
    for repeated in [&of_bo, &of_mate] {
        let refused = matches!(repeated, Err(RepeatOrderError::Place(error))
            if !matches!(error, PlaceOrderError::Storage(_)));
        assert!(refused, "what is refused is not written: {repeated:?}");
    }
    assert!(
        matches!(cancelled, Err(CancelOrderError::Cancel(_))),
        "what is refused is not written: {cancelled:?}"
    );
    assert_eq!(orders.inserts.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn unwritable_cancellation_is_a_storage_error() {
    let (users, ada, ..) = ada_and_her_order().await;
    let orders = Arc::new(Unwritable {
        update: Some(|| disk_full().into()),
        ..Unwritable::default()
    });
    let desk = order_desk(users, orders, catalogue());

    let placed = desk.place(wanted(ada, &[("tea", 1)])).await;
    let placed = placed.expect("it is inserted once, and complete");
    let cancelled = desk.cancel(placed.id()).await;

    assert_disk_full(&cancelling(cancelled));
    let found = desk.find(placed.id()).await.expect("an answer");
    assert_eq!(
        found.as_ref().map(all_of),
        Some(all_of(&placed)),
        "the order is as it was"
    );
}

/// The price of two ports. Chapter 29 gives the moment between them back, and turns
/// this test round.
// ANCHOR: between
#[tokio::test]
async fn user_may_be_deactivated_while_order_is_placed() {
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
async fn late_change_reopens_closed_account() {
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
