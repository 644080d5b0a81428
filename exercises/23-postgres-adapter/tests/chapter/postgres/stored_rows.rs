//! What the rows of PostgreSQL hold, and what becomes of rows that hold something else.

use crate::desk::{
    adapters::postgres::pool,
    domain::{Phone, User},
};
use rstest::rstest;
use time::macros::datetime;

use super::{Postgres, assert_says, count, run};
use crate::{
    contract::on_postgres,
    samples_of_orders::{add, all_of_user, customer, draft, name, submitted, user},
    statements::{assert_a_list_costs_a_fixed_number, counted},
};

// ANCHOR: moment
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn moment_is_the_same_in_every_time_zone() {
    let postgres = Postgres::empty().await;
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
async fn id_is_the_same_in_every_notation() {
    let postgres = Postgres::empty().await;
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
async fn missing_moment_is_null() {
    let postgres = Postgres::empty().await;
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

// ANCHOR: length
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn text_of_any_length_is_kept() {
    let postgres = Postgres::empty().await;
    let long = "é".repeat(10_000);
    let ada = User::restore(
        user(1, "Ada").id(),
        user(1, "Ada").email().clone(),
        name(&long),
        Some(Phone::new(&long).expect("a number")),
        long.clone(),
        true,
    );
    let mut order = draft(1, &ada);
    add(&mut order, &long, 500, 1);

    let kept = on_postgres(postgres.pool()).with_users([&ada]).await;
    let kept = kept.with_orders([&order]).await;

    kept.assert_user(&ada, "name, telephone and note, as on SQLite").await;
    kept.assert_order(&order, "and the sku and the name of an item").await;
}
// ANCHOR_END: length

// ANCHOR: statements
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_list_costs_a_fixed_number_of_statements() {
    let postgres = Postgres::empty().await;
    let options = counted(postgres.url().parse().expect("its address"));

    let listing = on_postgres(&pool(options));

    assert_a_list_costs_a_fixed_number(on_postgres(postgres.pool()), listing).await;
}
// ANCHOR_END: statements

/// A new column for each table, and one that stands at another place than before.
const COLUMNS: &str =
    "ALTER TABLE users ADD COLUMN vip BOOLEAN NOT NULL DEFAULT FALSE,
         ADD COLUMN called TEXT NOT NULL DEFAULT '';
     UPDATE users SET called = name;
     ALTER TABLE users DROP COLUMN name;
     ALTER TABLE users RENAME COLUMN called TO name;
     ALTER TABLE orders ADD COLUMN gift BOOLEAN NOT NULL DEFAULT FALSE,
         ADD COLUMN state TEXT NOT NULL DEFAULT '';
     UPDATE orders SET state = status;
     ALTER TABLE orders DROP COLUMN status;
     ALTER TABLE orders RENAME COLUMN state TO status;
     ALTER TABLE order_items ADD COLUMN note TEXT NOT NULL DEFAULT '',
         ADD COLUMN article TEXT NOT NULL DEFAULT '';
     UPDATE order_items SET article = sku;
     ALTER TABLE order_items DROP COLUMN sku;
     ALTER TABLE order_items RENAME COLUMN article TO sku;";

// ANCHOR: columns
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn new_column_breaks_nothing() {
    let postgres = Postgres::fresh().await;
    // One connection, so that the one that knows the old tables is asked again.
    let pool = postgres.one_connection();
    let (kept, ada, _) = on_postgres(&pool).with_customers().await;
    let (mut order, next) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&order]).await;
    kept.assert_order(&order, "before").await;
    kept.assert_user(&ada, "before").await;
    kept.users.find_by_email(ada.email()).await.expect("before");
    kept.users.update(&ada).await.expect("before");
    kept.orders.of_customer(customer(&ada)).await.expect("before");

    run(&pool, COLUMNS).await;

    kept.assert_user(&ada, "who is there is read as before").await;
    let found = kept.users.find_by_email(ada.email()).await.expect("an answer");
    assert_eq!(found.as_ref().map(all_of_user), Some(all_of_user(&ada)));
    kept.users.update(&ada).await.expect("who is there can be changed");
    kept.assert_order(&order, "what is there is read as before").await;
    let cy = user(3, "Cy");
    let kept = kept.with_users([&cy]).await.with_orders([&next]).await;
    kept.assert_user(&cy, "who is new is kept").await;
    kept.assert_order(&next, "what is new is kept").await;
    order.pay(datetime!(2026-11-24 09:10 UTC)).expect("it is submitted");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "and what changes").await;
    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");
    assert_eq!(listed.len(), 2, "all are listed");
}
// ANCHOR_END: columns

/// Makes rows what they should not be. A table that knows better, by a constraint, has nothing to be read.
async fn is_damaged(postgres: &Postgres, damage: &'static str) -> bool {
    match sqlx::raw_sql(damage).execute(postgres.pool()).await {
        Ok(_) => true,
        Err(sqlx::Error::Database(error)) if error.is_check_violation() => false,
        Err(error) => panic!("{error}: {damage}"),
    }
}

#[rstest]
#[case::email_without_a_name(
    "UPDATE users SET email = '@' WHERE name = 'Ada'",
    "has no name before the @"
)]
#[case::name_of_white_space(
    "UPDATE users SET name = ' ' WHERE name = 'Ada'",
    "is empty"
)]
#[case::empty_telephone(
    "UPDATE users SET phone = '' WHERE name = 'Ada'",
    "is empty"
)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn row_that_is_no_user_is_a_storage_failure(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let postgres = Postgres::empty().await;
    let (kept, ada, bo) = on_postgres(postgres.pool()).with_customers().await;

    if !is_damaged(&postgres, damage).await {
        return;
    }

    assert_says(kept.users.find(ada.id()).await, why);
    match kept.users.find_by_email(ada.email()).await {
        // Ada's address is another one now.
        Ok(None) if damage.contains("email") => {}
        found => assert_says(found, why),
    }
    kept.assert_user(&bo, "this row is as it should be").await;
}

#[rstest]
#[case::unknown_status(
    "UPDATE orders SET status = 'lost' WHERE id::text LIKE '%1'",
    "cannot be \"lost\""
)]
#[case::submitted_without_a_time(
    "UPDATE orders SET submitted_at = NULL WHERE id::text LIKE '%1'",
    "cannot be \"submitted\" with these times"
)]
#[case::draft_with_a_time(
    "UPDATE orders SET status = 'draft' WHERE id::text LIKE '%1'",
    "cannot be \"draft\" with these times"
)]
#[case::submitted_and_cancelled(
    "UPDATE orders SET cancelled_at = submitted_at WHERE id::text LIKE '%1'",
    "cannot be \"submitted\" with these times"
)]
#[case::submitted_without_items(
    "DELETE FROM order_items WHERE order_id::text LIKE '%1'",
    "has items, and this one has none"
)]
#[case::quantity_of_0(
    "UPDATE order_items SET quantity = 0 WHERE order_id::text LIKE '%1'",
    "is not between 1 and 1000"
)]
#[case::quantity_that_is_1_in_32_bits(
    "UPDATE order_items SET quantity = 4294967297 WHERE order_id::text LIKE '%1'",
    "is not between 1 and 1000"
)]
#[case::empty_sku(
    "UPDATE order_items SET sku = '' WHERE order_id::text LIKE '%1'",
    "the sku is empty"
)]
#[case::total_beyond_64_bits(
    "UPDATE order_items SET unit_price_cents = 9223372036854775807 WHERE order_id::text LIKE '%1'",
    "beyond what can be counted"
)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn row_that_is_no_order_is_a_storage_failure(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let postgres = Postgres::empty().await;
    let (kept, ada, _) = on_postgres(postgres.pool()).with_customers().await;
    let (broken, whole) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&broken, &whole]).await;

    if !is_damaged(&postgres, damage).await {
        return;
    }

    assert_says(kept.orders.find(broken.id()).await, why);
    let listed = kept.orders.of_customer(customer(&ada)).await;
    assert_says(listed, why);
    kept.assert_order(&whole, "this row is as it should be").await;
}
