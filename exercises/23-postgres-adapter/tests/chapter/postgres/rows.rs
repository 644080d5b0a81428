//! What the rows of PostgreSQL hold, and what becomes of rows that hold something else.

use rstest::rstest;
use sqlx::postgres::PgPoolOptions;
use time::macros::datetime;

use super::{Postgres, assert_says, count, run};
use crate::{
    contract::on_postgres,
    samples_of_orders::{customer, draft, submitted, user},
};

// ANCHOR: moment
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn whoever_reads_the_table_in_tokyo_reads_the_same_moment() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let mut order = draft(1, &ada);
    order.submit(datetime!(2026-11-24 18:00 +9)).expect("it has items");
    kept.with_orders([&order]).await;

    let mut tokyo = pool.acquire().await.expect("a connection");
    sqlx::raw_sql("SET TIME ZONE 'Asia/Tokyo'").execute(&mut *tokyo).await.unwrap();
    let at_nine = "SELECT count(*) FROM orders
        WHERE submitted_at = TIMESTAMPTZ '2026-11-24 09:00:00Z'";
    let found: i64 =
        sqlx::query_scalar(at_nine).fetch_one(&mut *tokyo).await.unwrap();

    assert_eq!(found, 1, "six in the evening there is nine in the morning in UTC");
}
// ANCHOR_END: moment

// ANCHOR: ids
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn an_id_is_a_number_however_somebody_writes_it() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, _, _) = on_postgres(pool).with_customers().await;
    let cy = user(0xC0FFEE, "Cy");
    kept.users.insert(&cy).await.expect("a new user is kept");
    kept.with_orders([&submitted(0xC0FFEE, &cy)]).await;

    let users = "SELECT count(*) FROM users
        WHERE id = '{00000000-0000-0000-0000-000000C0FFEE}'";
    let orders =
        "SELECT count(*) FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.id = '00000000000000000000000000C0FFEE'
            AND o.customer_id = '00000000-0000-0000-0000-000000C0FFEE'";

    assert_eq!(count(pool, users).await, 1, "upper case, in braces");
    assert_eq!(count(pool, orders).await, 2, "or without hyphens");
}
// ANCHOR_END: ids

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn what_has_not_happened_has_no_time() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order, &submitted(2, &ada)]).await;
    let drafts =
        "SELECT count(*) FROM orders WHERE submitted_at IS NULL AND paid_at IS NULL
            AND shipped_at IS NULL AND cancelled_at IS NULL";
    assert_eq!(count(pool, drafts).await, 1, "a draft has no times at all");

    let mut again = order.clone();
    again.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    kept.orders.update(&again).await.expect("it is there");
    kept.orders.update(&order).await.expect("it is there");

    assert_eq!(count(pool, drafts).await, 1, "nor has what is a draft again");
}

// ANCHOR: columns
#[rstest]
#[case::of_users("ALTER TABLE users ADD COLUMN vip BOOLEAN NOT NULL DEFAULT FALSE")]
#[case::of_orders(
    "ALTER TABLE orders ADD COLUMN gift BOOLEAN NOT NULL DEFAULT FALSE"
)]
#[case::of_items(
    "ALTER TABLE order_items ADD COLUMN note TEXT NOT NULL DEFAULT ''"
)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_new_column_breaks_nothing(#[case] migration: &'static str) {
    let postgres = Postgres::fresh().await;
    // One connection, so that the one that knows the old tables is asked again.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_lazy_with(postgres.url().parse().expect("its address"));
    let (kept, ada, _) = on_postgres(&pool).with_customers().await;
    let (mut order, next) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&order]).await;
    kept.assert_order(&order, "before").await;
    kept.users.find(ada.id()).await.expect("before");
    kept.users.find_by_email(ada.email()).await.expect("before");
    kept.orders.of_customer(customer(&ada)).await.expect("before");

    run(&pool, migration).await;

    let found = kept.users.find(ada.id()).await.expect("an answer");
    assert_eq!(found.map(|user| user.email().clone()), Some(ada.email().clone()));
    let found = kept.users.find_by_email(ada.email()).await.expect("an answer");
    assert_eq!(found.map(|user| user.id()), Some(ada.id()));
    kept.assert_order(&order, "what is there is read as before").await;
    kept.users.insert(&user(3, "Cy")).await.expect("a new user is kept");
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "what is new is kept").await;
    order.pay(datetime!(2026-11-24 09:10 UTC)).expect("it is submitted");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "and what changes").await;
    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");
    assert_eq!(listed.len(), 2, "all are listed");
}
// ANCHOR_END: columns

#[rstest]
#[case::an_address_without_a_name(
    "UPDATE users SET email = '@' WHERE name = 'Ada'",
    "has no name before the @"
)]
#[case::a_name_of_white_space(
    "UPDATE users SET name = ' ' WHERE name = 'Ada'",
    "is empty"
)]
#[case::an_empty_telephone("UPDATE users SET phone = ''", "is empty")]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_row_that_is_no_user_is_a_failure_that_says_why(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let postgres = Postgres::fresh().await;
    let (kept, ada, _) = on_postgres(postgres.pool()).with_customers().await;

    run(postgres.pool(), damage).await;

    assert_says(kept.users.find(ada.id()).await, why);
}

#[rstest]
#[case::a_status_that_nobody_knows(
    "UPDATE orders SET status = 'lost'",
    "cannot be \"lost\""
)]
#[case::submitted_at_no_time(
    "UPDATE orders SET submitted_at = NULL",
    "cannot be \"submitted\" with these times"
)]
#[case::a_draft_that_was_submitted(
    "UPDATE orders SET status = 'draft'",
    "cannot be \"draft\" with these times"
)]
#[case::submitted_without_items(
    "DELETE FROM order_items",
    "has items, and this one has none"
)]
#[case::none_of_it(
    "UPDATE order_items SET quantity = 0",
    "is not between 1 and 1000"
)]
#[case::a_sku_that_is_none("UPDATE order_items SET sku = ''", "the sku is empty")]
#[case::more_than_can_be_counted(
    "UPDATE order_items SET unit_price_cents = 9223372036854775807",
    "beyond what can be counted"
)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_row_that_is_no_order_is_a_failure_that_says_why(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let postgres = Postgres::fresh().await;
    let (kept, ada, _) = on_postgres(postgres.pool()).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    run(postgres.pool(), damage).await;

    assert_says(kept.orders.find(submitted(1, &ada).id()).await, why);
    assert_says(kept.orders.of_customer(customer(&ada)).await, why);
}
