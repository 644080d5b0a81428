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
pub async fn an_order_is_found_as_it_was_inserted(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut never_submitted = draft(6, &ada);
    never_submitted.cancel(later(1)).expect("a draft can be cancelled");
    let orders = [
        &in_state(1, &ada, StateName::Draft),
        &in_state(2, &ada, StateName::Submitted),
        &in_state(3, &ada, StateName::Paid),
        &in_state(4, &ada, StateName::Shipped),
        &in_state(5, &ada, StateName::Cancelled),
        &never_submitted,
        &Order::draft(order_id(7), customer(&ada), Currency::Eur),
    ];

    let kept = kept.with_orders(orders).await;

    for order in orders {
        kept.assert_order(order, "in its state, with its times and its items")
            .await;
    }
}
// ANCHOR_END: found

#[apply(every_adapter)]
pub async fn the_items_of_an_order_keep_their_order(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut order = Order::draft(order_id(1), customer(&ada), Currency::Eur);
    for sku in ["tea", "mate", "tea", "cocoa"].into_iter().cycle().take(12) {
        add(&mut order, sku, 400, 1);
    }

    let kept = kept.with_orders([&order]).await;

    kept.assert_order(&order, "twelve lines, the same product twice too").await;
}

#[apply(every_adapter)]
pub async fn a_price_is_kept_to_the_last_cent(kept: Kept) {
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
pub async fn an_order_in_yen_is_kept_in_yen_or_refused(kept: Kept) {
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

    let (before, after) = (draft(2, &ada), draft_in(Currency::Jpy, 2, &ada));
    let kept = kept.with_orders([&before]).await;
    match kept.orders.update(&after).await {
        Ok(()) => kept.assert_order(&after, "and 4 euros are not 400 yen").await,
        Err(refused) => {
            assert!(matches!(refused, UpdateError::Storage(_)), "{refused:?}");
            kept.assert_order(&before, "it was refused, and nothing of it changed")
                .await;
        }
    }
}
// ANCHOR_END: currency

// ANCHOR: moment
#[apply(every_adapter)]
pub async fn a_moment_is_kept_to_the_microsecond_in_any_time_zone(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let mut order = draft(1, &ada);
    let in_tokyo = datetime!(2026-11-24 18:00:00.123456 +9);
    order.submit(in_tokyo).expect("it has items");
    order.pay(in_tokyo + Duration::microseconds(1)).expect("it is submitted");

    let kept = kept.with_orders([&order]).await;

    kept.assert_order(&order, "at nine in the morning, for UTC").await;
}
// ANCHOR_END: moment

#[apply(every_adapter)]
pub async fn an_order_that_is_not_there_is_not_found(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    let found = kept.orders.find(order_id(2)).await;

    assert!(matches!(found, Ok(None)), "no order has this id: {found:?}");
}

// ANCHOR: inserted_once
#[apply(every_adapter)]
pub async fn an_id_of_an_order_is_inserted_once(kept: Kept) {
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
}
// ANCHOR_END: inserted_once

// ANCHOR: updated
#[apply(every_adapter)]
pub async fn an_update_keeps_what_an_order_has_become(kept: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let mut order = Order::draft(order_id(1), customer(&ada), Currency::Eur);
    let other = submitted(2, &ada);
    let kept = kept.with_orders([&order, &other]).await;

    add(&mut order, "cocoa", 500, 3);
    add(&mut order, "tea", 400, 2);
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "with items now").await;

    order.submit(later(1)).expect("it has items");
    order.pay(later(2)).expect("it is submitted");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "two states further").await;

    let mut another = Order::draft(order.id(), customer(&bo), Currency::Eur);
    add(&mut another, "mate", 700, 1);
    kept.orders.update(&another).await.expect("it is there");
    kept.assert_order(&another, "all but the id can change, to fewer items too")
        .await;
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

// ANCHOR: listed
#[apply(every_adapter)]
pub async fn the_orders_of_a_customer_are_listed_the_newest_first(kept: Kept) {
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
pub async fn a_customer_has_her_own_orders_and_nobody_elses(kept: Kept) {
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
pub async fn all_orders_of_a_customer_are_listed(kept: Kept) {
    let (kept, ada, _) = kept.with_customers().await;
    for number in 1..=101 {
        let order = submitted(number, &ada);
        kept.orders.insert(&order).await.expect("a new order is kept");
    }

    let ids = kept.ids_of(&ada).await;

    assert_eq!(ids.len(), 101, "pages are made by whoever shows them");
}
