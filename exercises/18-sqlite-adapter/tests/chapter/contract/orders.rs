//! What every repository of orders keeps.

use std::collections::BTreeSet;

use rstest::rstest;
use rstest_reuse::apply;
use time::{Duration, macros::datetime};

use super::*;
use crate::{
    desk::{
        application::ports::{InsertError, UpdateError},
        domain::{Currency, Order, StateName},
    },
    samples_of_orders::*,
};

// ANCHOR: found
#[apply(every_adapter)]
pub async fn inserted_order_is_found(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut never_submitted = draft(6, &ada);
    never_submitted.cancel(later(1)).expect("a draft can be cancelled");
    let mut given_up = Order::draft(order_id(8), customer(&ada), Currency::Eur);
    given_up.cancel(later(1)).expect("a draft can be cancelled");
    let orders = [
        &in_state(1, &ada, StateName::Draft),
        &in_state(2, &ada, StateName::Submitted),
        &in_state(3, &ada, StateName::Paid),
        &in_state(4, &ada, StateName::Shipped),
        &in_state(5, &ada, StateName::Cancelled),
        &never_submitted,
        &Order::draft(order_id(7), customer(&ada), Currency::Eur),
        &given_up,
    ];

    let kept = kept.with_orders(orders).await;

    for order in orders {
        kept.assert_order(order, "in its state, with its times and its items")
            .await;
    }
}
// ANCHOR_END: found

#[apply(every_adapter)]
pub async fn items_keep_their_order(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut order = Order::draft(order_id(1), customer(&ada), Currency::Eur);
    for sku in ["tea", "mate", "tea", " O'Beans エチオピア\t"]
        .into_iter()
        .cycle()
        .take(300)
    {
        add(&mut order, sku, 400, 1);
    }

    let kept = kept.with_orders([&order]).await;

    kept.assert_order(
        &order,
        "three hundred lines, the same product again and again",
    )
    .await;
}

#[apply(every_adapter)]
pub async fn prices_are_kept_to_the_cent(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut large = Order::draft(order_id(1), customer(&ada), Currency::Eur);
    add(&mut large, "air", 0, 1000);
    add(&mut large, "more-than-a-float-can-hold", 9_007_199_254_740_993, 1);
    let mut largest = Order::draft(order_id(2), customer(&ada), Currency::Eur);
    add(&mut largest, "moon", i64::MAX, 1);

    let kept = kept.with_orders([&large, &largest]).await;

    kept.assert_order(&large, "to the cent").await;
    kept.assert_order(&largest, "as far as money can be counted").await;
}

// ANCHOR: currency
#[apply(every_adapter)]
pub async fn order_in_yen_is_kept_in_yen_or_refused(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let order = draft_in(Currency::Jpy, 1, &ada);
    match kept.orders.insert(&order).await {
        Ok(()) => kept.assert_order(&order, "400 yen are not 4 euros").await,
        Err(refused) => {
            assert!(matches!(refused, InsertError::Storage(_)), "{refused:?}");
            let found = kept.orders.find(order.id()).await;
            assert!(matches!(found, Ok(None)), "it was refused: {found:?}");
        }
    }

    // Dollars have as many cents as euros.
    for (number, currency) in [(2, Currency::Jpy), (3, Currency::Usd)] {
        let before = draft(number, &ada);
        let after = draft_in(currency, number, &ada);
        kept.orders.insert(&before).await.expect("a new order is kept");
        match kept.orders.update(&after).await {
            Ok(()) => kept.assert_order(&after, "4 euros are not 4 of these").await,
            Err(refused) => {
                assert!(matches!(refused, UpdateError::Storage(_)), "{refused:?}");
                kept.assert_order(&before, "it was refused, and nothing changed")
                    .await;
            }
        }
    }
}
// ANCHOR_END: currency

// ANCHOR: moment
#[apply(every_adapter)]
pub async fn times_are_kept_to_the_microsecond(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let in_tokyo = datetime!(2026-11-24 18:00:00.123456 +9);
    let step = Duration::microseconds(1);
    let moved = |number, state| {
        if state != StateName::Cancelled {
            return in_state_since(number, &ada, state, in_tokyo, step);
        }
        let mut order = draft(number, &ada);
        order.cancel(in_tokyo).expect("a draft can be cancelled");
        order
    };
    for (number, state) in (1..).zip([
        StateName::Submitted,
        StateName::Paid,
        StateName::Shipped,
        StateName::Cancelled,
    ]) {
        let (inserted, updated) = (moved(number, state), moved(number + 10, state));

        kept.orders.insert(&inserted).await.expect("a new order is kept");
        kept.orders.insert(&draft(number + 10, &ada)).await.expect("a draft too");
        kept.orders.update(&updated).await.expect("it is there");

        let why = "at nine in the morning, for UTC";
        kept.assert_order(&inserted, why).await;
        kept.assert_order(&updated, why).await;
    }
}
// ANCHOR_END: moment

#[apply(every_adapter)]
pub async fn missing_order_is_not_found(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    let found = kept.orders.find(order_id(2)).await;

    assert!(matches!(found, Ok(None)), "no order has this id: {found:?}");
    kept.with_orders([&submitted(2, &ada)]).await;
}

// ANCHOR: inserted_once
#[apply(every_adapter)]
pub async fn order_id_is_inserted_once(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let order = submitted(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut other = draft(1, &bo);
    add(&mut other, "cocoa", 500, 1);

    let again = kept.orders.insert(&other).await;

    assert!(
        matches!(again, Err(InsertError::SameId)),
        "there is an order with this id: {again:?}"
    );
    kept.assert_order(&order, "what was there first stays, with its items").await;
    kept.with_orders([&draft(2, &bo)]).await;
}
// ANCHOR_END: inserted_once

// ANCHOR: updated
#[apply(every_adapter)]
pub async fn order_update_keeps_state_and_customer(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let (order, other) = (draft(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&order, &other]).await;
    kept.assert_order(&order, "as it was inserted").await;

    for state in [StateName::Submitted, StateName::Shipped, StateName::Cancelled] {
        let changed = in_state(1, &ada, state);
        kept.orders.update(&changed).await.expect("it is there");
        kept.assert_order(&changed, "in another state, with its times").await;
    }

    let of_bo = draft(1, &bo);
    kept.orders.update(&of_bo).await.expect("it is there");
    kept.assert_order(&of_bo, "all but the id can change").await;
    kept.assert_order(&other, "and it is no other order's").await;
}
// ANCHOR_END: updated

// ANCHOR: items
#[apply(every_adapter)]
pub async fn order_update_replaces_items(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let other = draft(99, &ada);
    let kept = kept.with_orders([&other]).await;
    let draft = |number, items: &[(&str, i64, i64)]| {
        let id = order_id(number);
        let mut order = Order::draft(id, customer(&ada), Currency::Eur);
        for (sku, price, quantity) in items {
            add(&mut order, sku, *price, *quantity);
        }
        order
    };
    let (mate, tea, cocoa) = (("mate", 700, 1), ("tea", 400, 2), ("cocoa", 500, 3));

    let changes: [(&str, &[_], &[_]); 8] = [
        ("the first items", &[], &[mate, tea]),
        ("one more", &[mate, tea], &[mate, tea, cocoa]),
        ("one fewer", &[mate, tea], &[tea]),
        ("none", &[mate, tea], &[]),
        ("another product", &[mate, tea], &[mate, cocoa]),
        ("another quantity", &[mate, tea], &[mate, ("tea", 400, 3)]),
        ("another price", &[mate, tea], &[("mate", 701, 1), tea]),
        ("another order", &[mate, tea], &[tea, mate]),
    ];
    for (number, (what, before, after)) in (1..).zip(changes) {
        let after = draft(number, after);
        let inserted = kept.orders.insert(&draft(number, before)).await;
        inserted.expect("a new order is kept");
        kept.orders.update(&after).await.expect("it is there");
        kept.assert_order(&after, what).await;
    }
    kept.assert_order(&other, "and they are no other order's").await;

    let mut submitted = draft(98, &[tea, cocoa]);
    submitted.submit(NINE).expect("it has items");
    kept.orders.insert(&draft(98, &[mate])).await.expect("a new order is kept");
    kept.orders.update(&submitted).await.expect("it is there");
    kept.assert_order(&submitted, "another state and other items at once").await;
}
// ANCHOR_END: items

#[apply(every_adapter)]
pub async fn update_of_missing_order_is_refused(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let order = submitted(1, &ada);

    let updated = kept.orders.update(&order).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is no order with this id: {updated:?}"
    );
    let found = kept.orders.find(order.id()).await;
    assert!(matches!(found, Ok(None)), "an update makes no order: {found:?}");
    let kept = kept.with_orders([&order]).await;
    kept.assert_order(&order, "inserted, and not updated").await;
}

// ANCHOR: listed
#[apply(every_adapter)]
pub async fn order_list_is_newest_first(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let first = in_state(1, &ada, StateName::Shipped);
    let (mut second, third) = (draft(2, &ada), draft(3, &ada));
    second.submit(later(60)).expect("it has items");
    let kept = kept.with_orders([&second, &third, &first]).await;

    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");

    let listed: Vec<_> = listed.iter().map(all_of).collect();
    assert_eq!(
        listed,
        [all_of(&third), all_of(&second), all_of(&first)],
        "whole, and in falling order of their ids"
    );
}
// ANCHOR_END: listed

#[apply(every_adapter)]
pub async fn order_list_is_of_one_customer(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let eve = user(3, "Eve");
    kept.users.insert(&eve).await.expect("a new user is kept");
    let orders = [&submitted(1, &ada), &submitted(2, &bo), &submitted(3, &ada)];

    let kept = kept.with_orders(orders).await;

    let of_ada = kept.ids_of(&ada).await;
    assert_eq!(
        of_ada,
        BTreeSet::from([order_id(1), order_id(3)]),
        "these are Ada's"
    );
    let of_bo = kept.ids_of(&bo).await;
    assert_eq!(of_bo, BTreeSet::from([order_id(2)]), "this one is Bo's");
    let of_eve = kept.ids_of(&eve).await;
    assert_eq!(of_eve, BTreeSet::new(), "Eve has not ordered");
}

#[apply(every_adapter)]
pub async fn order_list_is_complete(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    for number in 1..=101 {
        let order = submitted(number, &ada);
        kept.orders.insert(&order).await.expect("a new order is kept");
    }
    let empty = Order::draft(order_id(102), customer(&ada), Currency::Eur);
    let kept = kept.with_orders([&empty]).await;

    let ids = kept.ids_of(&ada).await;

    assert!(ids.contains(&empty.id()), "an order without items is listed");
    assert_eq!(ids.len(), 102, "pages are made by whoever shows them");
}
