//! What a list of orders costs a database.

use sqlx::ConnectOptions;
use std::time::Duration;
use testkit::count_statements;

use crate::{
    repositories::Kept,
    samples_of_orders::{submitted, user},
};

/// Connections whose statements are counted.
pub fn counted<O: ConnectOptions>(options: O) -> O {
    let level = "trace".parse().expect("a level");
    options.log_statements(level).log_slow_statements(level, Duration::MAX)
}

/// Holds that a list of many orders costs as many statements as a list of one. Both are repositories of one database; those
/// that list have `counted` connections, and those that fill it have not, for other tests may be counting meanwhile.
pub async fn assert_a_list_costs_a_fixed_number(kept: Kept, listing: Kept) {
    let (kept, ada, bo) = kept.with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;
    for number in 2..=21 {
        let order = submitted(number, &bo);
        kept.orders.insert(&order).await.expect("a new order is kept");
    }
    // Whatever is done once, such as opening a connection, is done now.
    count_statements(listing.ids_of(&user(3, "Nobody"))).await;

    let (of_ada, for_one) = count_statements(listing.ids_of(&ada)).await;
    let (of_bo, for_twenty) = count_statements(listing.ids_of(&bo)).await;

    assert_eq!((of_ada.len(), of_bo.len()), (1, 20), "orders of Ada, and of Bo");
    assert!(for_one > 0, "a list is read from the database");
    // A transaction ends behind the back of who has dropped it, so its end may count with the next list.
    assert!(
        for_twenty <= for_one + 2,
        "a list of one order costs {for_one} statements, and a list of 20 costs {for_twenty}"
    );
}
