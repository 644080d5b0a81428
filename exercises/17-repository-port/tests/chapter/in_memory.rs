//! What orders in memory promise, asked of the port itself. No use case makes an id twice, so none would notice.

use std::{panic::resume_unwind, sync::Barrier, thread};

use crate::{
    desk::{
        adapters::in_memory::InMemoryOrders,
        application::ports::{InsertError, OrderRepository, UpdateError},
        domain::{Currency, Order, OrderId, StateName},
    },
    samples_of_orders::{
        add, all_of, customer, draft, draft_in, in_state, later, order_id,
        submitted, user,
    },
};

async fn orders(kept: &[&Order]) -> InMemoryOrders {
    let orders = InMemoryOrders::default();
    for order in kept {
        orders.insert(order).await.expect("its id is free");
    }
    orders
}

/// Holds that this is what is kept of the order.
async fn assert_kept(orders: &InMemoryOrders, order: &Order, why: &str) {
    let found = orders.find(order.id()).await.expect("an answer");
    assert_eq!(found.as_ref().map(all_of), Some(all_of(order)), "{why}");
}

#[tokio::test]
async fn inserted_order_is_found() {
    let ada = user(1, "Ada");
    let (first, second) = (submitted(1, &ada), draft(2, &ada));
    let orders = orders(&[&first, &second]).await;

    let nothing = orders.find(order_id(3)).await.expect("an answer");

    assert_kept(&orders, &first, "a submitted order").await;
    assert_kept(&orders, &second, "a draft").await;
    assert!(nothing.is_none(), "nobody inserted that one: {nothing:?}");
}

// ANCHOR: insert
#[tokio::test]
async fn order_id_is_inserted_once() {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let order = submitted(1, &ada);
    let orders = orders(&[&order]).await;

    let again = orders.insert(&draft(1, &bo)).await;

    assert!(
        matches!(again, Err(InsertError::SameId)),
        "there is an order with this id already: {again:?}"
    );
    assert_kept(&orders, &order, "and that one stays as it was").await;
    let of_bo = orders.of_customer(customer(&bo)).await.expect("an answer");
    assert!(of_bo.is_empty(), "Bo's order was refused: {of_bo:?}");
}
// ANCHOR_END: insert

#[tokio::test]
async fn update_of_missing_order_is_refused() {
    let ada = user(1, "Ada");
    let other = submitted(2, &ada);
    let orders = orders(&[&other]).await;

    let updated = orders.update(&submitted(1, &ada)).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is no order with this id: {updated:?}"
    );
    let listed = orders.of_customer(customer(&ada)).await.expect("an answer");
    let listed: Vec<_> = listed.iter().map(all_of).collect();
    assert_eq!(listed, [all_of(&other)], "an update makes none, and changes none");
}

#[tokio::test]
async fn update_keeps_changed_orders() {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let other = draft(4, &ada);
    let orders = orders(&[
        &submitted(1, &ada),
        &submitted(2, &ada),
        &draft(3, &ada),
        &other,
    ])
    .await;
    let mut more = draft(3, &ada);
    add(&mut more, "cocoa", 500, 1);
    let mut others = Order::draft(order_id(3), customer(&ada), Currency::Eur);
    for sku in ["cocoa", "kvass", "water"] {
        add(&mut others, sku, 100, 2);
    }

    for changed in [
        &in_state(1, &ada, StateName::Cancelled),
        &in_state(2, &ada, StateName::Paid),
        &in_state(2, &ada, StateName::Shipped),
        &more,
        &others,
        &Order::draft(order_id(3), customer(&ada), Currency::Eur),
        &Order::draft(order_id(3), customer(&ada), Currency::Jpy),
        &draft_in(Currency::Jpy, 3, &ada),
        &in_state(3, &bo, StateName::Submitted),
    ] {
        orders.update(changed).await.expect("it is there");
        assert_kept(&orders, changed, "what the order has become").await;
    }

    assert_kept(&orders, &other, "and no other order has changed").await;
    let of_bo = orders.of_customer(customer(&bo)).await.expect("an answer");
    let of_bo: Vec<OrderId> = of_bo.iter().map(Order::id).collect();
    assert_eq!(of_bo, [order_id(3)], "it is Bo's order now");
}

// ANCHOR: list
#[tokio::test]
async fn order_list_is_newest_first() {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    // The older of the two was submitted later.
    let (mut first, mut second) = (draft(1, &ada), draft(2, &ada));
    first.submit(later(60)).expect("it has items");
    second.submit(later(1)).expect("it has items");
    let third = draft(3, &ada);
    let orders = orders(&[&second, &submitted(4, &bo), &third, &first]).await;

    let of_ada = orders.of_customer(customer(&ada)).await.expect("an answer");

    let listed: Vec<_> = of_ada.iter().map(all_of).collect();
    assert_eq!(
        listed,
        [all_of(&third), all_of(&second), all_of(&first)],
        "in falling order of their ids, and none of Bo's"
    );
}
// ANCHOR_END: list

#[tokio::test]
async fn two_repositories_share_no_orders() {
    let ada = user(1, "Ada");
    let orders = orders(&[&submitted(1, &ada)]).await;

    let new = InMemoryOrders::default();

    let found = new.find(order_id(1)).await.expect("an answer");
    assert!(found.is_none(), "there are no orders in a new one: {found:?}");
    new.insert(&draft(1, &ada)).await.expect("its id is free there");
    assert_kept(&orders, &submitted(1, &ada), "each keeps its own").await;
}

// ANCHOR: at_once
/// Does both at once, each in a thread of its own: requests share one repository.
fn at_once<T: Send>(
    one: impl Future<Output = T> + Send,
    other: impl Future<Output = T> + Send,
) -> [T; 2] {
    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(work)
    }
    let start = &Barrier::new(2);
    thread::scope(|threads| {
        let one = threads.spawn(move || {
            start.wait();
            run(one)
        });
        let other = threads.spawn(move || {
            start.wait();
            run(other)
        });
        [one, other]
            .map(|work| work.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[test]
fn id_inserted_twice_at_once_is_taken_once() {
    let ada = customer(&user(1, "Ada"));
    let drafts: Vec<Order> = (1..=10_000)
        .map(|number| Order::draft(order_id(number), ada, Currency::Eur))
        .collect();
    let orders = InMemoryOrders::default();
    // Who is behind is refused, catches up, and from then on both are at the same id.
    let insert_all = async || {
        let mut inserted = 0;
        for draft in &drafts {
            inserted += usize::from(orders.insert(draft).await.is_ok());
        }
        inserted
    };

    let [one, other] = at_once(insert_all(), insert_all());

    assert_eq!(one + other, drafts.len(), "how often an insert was no `SameId`");
}
// ANCHOR_END: at_once
