//! What an adapter has to keep because it has rows. In memory there are none, so
//! the contract cannot ask for it.

use rstest::rstest;
use sqlx::sqlite::SqlitePoolOptions;
use time::macros::datetime;
use uuid::Uuid;

use crate::{
    desk::{
        adapters::sqlite,
        application::ports::InsertError,
        domain::{Currency, CustomerId, Order, OrderId, UserId},
    },
    repositories::{in_memory, on},
    samples_of_orders::{add, all_of, customer, draft, submitted, user},
    service::Scratch,
    sql::{assert_says, count, run},
    storage_errors::{inserting, is_same_id, registering, updating},
};

// ANCHOR: no_user
#[rstest]
#[case::an_address_without_a_name(
    "UPDATE users SET email = '@' WHERE name = 'Ada'",
    "has no name before the @"
)]
#[case::a_name_of_white_space("UPDATE users SET name = ' '", "is empty")]
#[case::an_empty_telephone("UPDATE users SET phone = ''", "is empty")]
#[tokio::test]
async fn a_row_that_is_no_user_is_a_failure_that_says_why(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;

    run(&pool, damage).await;

    assert_says(kept.users.find(ada.id()).await, why);
}
// ANCHOR_END: no_user

// ANCHOR: no_order
#[rstest]
#[case::a_status_that_nobody_knows(
    "UPDATE orders SET status = 'lost'",
    "cannot be \"lost\""
)]
#[case::submitted_at_no_time(
    "UPDATE orders SET submitted_at = NULL",
    "cannot be \"submitted\" with these times"
)]
#[case::paid_before_it_was_paid(
    "UPDATE orders SET status = 'paid'",
    "cannot be \"paid\" with these times"
)]
#[case::a_draft_that_was_submitted(
    "UPDATE orders SET status = 'draft'",
    "cannot be \"draft\" with these times"
)]
#[case::submitted_and_cancelled(
    "UPDATE orders SET cancelled_at = submitted_at",
    "cannot be \"submitted\" with these times"
)]
#[case::a_time_in_words(
    "UPDATE orders SET submitted_at = 'yesterday'",
    "submitted_at"
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
async fn a_row_that_is_no_order_is_a_failure_that_says_why(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    run(&pool, damage).await;

    assert_says(kept.orders.find(submitted(1, &ada).id()).await, why);
    assert_says(kept.orders.of_customer(customer(&ada)).await, why);
}
// ANCHOR_END: no_order

#[tokio::test]
async fn one_row_that_is_no_order_does_not_make_a_list_shorter() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada), &submitted(2, &ada)]).await;

    run(&pool, "UPDATE orders SET status = 'lost' WHERE id LIKE '%1'").await;

    let listed = kept.orders.of_customer(customer(&ada)).await;
    assert_says(listed, "cannot be \"lost\"");
}

#[tokio::test]
async fn an_order_of_what_is_no_customer_is_a_failure_that_says_why() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    run(
        &pool,
        "INSERT INTO users (id, email, name, staff_note) VALUES ('somebody', 'x', 'x', '');
         UPDATE orders SET customer_id = 'somebody';",
    )
    .await;

    assert_says(kept.orders.find(submitted(1, &ada).id()).await, "is no id");
}

// ANCHOR: columns
#[rstest]
#[case::at_the_end(
    "ALTER TABLE users ADD COLUMN tier TEXT NOT NULL DEFAULT 'gold';
     ALTER TABLE orders ADD COLUMN tier TEXT NOT NULL DEFAULT 'gold';
     ALTER TABLE order_items ADD COLUMN tier TEXT NOT NULL DEFAULT 'gold';"
)]
#[case::in_front(
    "PRAGMA foreign_keys = OFF;
     PRAGMA legacy_alter_table = ON;
     ALTER TABLE users RENAME TO old_users;
     CREATE TABLE users (tier TEXT NOT NULL DEFAULT 'gold', active INTEGER NOT NULL, staff_note TEXT NOT NULL,
         phone TEXT, name TEXT NOT NULL, email TEXT NOT NULL, id TEXT NOT NULL PRIMARY KEY) STRICT;
     INSERT INTO users (id, email, name, phone, staff_note, active)
         SELECT id, email, name, phone, staff_note, active FROM old_users;
     DROP INDEX IF EXISTS users_by_email;
     CREATE UNIQUE INDEX users_by_email ON users (email);
     ALTER TABLE orders RENAME TO old_orders;
     CREATE TABLE orders (tier TEXT NOT NULL DEFAULT 'gold', cancelled_at TEXT, shipped_at TEXT, paid_at TEXT,
         submitted_at TEXT, status TEXT NOT NULL, customer_id TEXT NOT NULL, id TEXT NOT NULL PRIMARY KEY) STRICT;
     INSERT INTO orders (id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at)
         SELECT id, customer_id, status, submitted_at, paid_at, shipped_at, cancelled_at FROM old_orders;
     ALTER TABLE order_items RENAME TO old_items;
     CREATE TABLE order_items (tier TEXT NOT NULL DEFAULT 'gold', unit_price_cents INTEGER NOT NULL,
         quantity INTEGER NOT NULL, name TEXT NOT NULL, sku TEXT NOT NULL, position INTEGER NOT NULL,
         order_id TEXT NOT NULL, PRIMARY KEY (order_id, position)) STRICT;
     INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
         SELECT order_id, position, sku, name, quantity, unit_price_cents FROM old_items;"
)]
#[tokio::test]
async fn a_new_column_of_users_or_orders_breaks_nothing(
    #[case] migration: &'static str,
) {
    let scratch = Scratch::new();
    // One connection, so that the one that knows the old tables is asked again.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_lazy_with(scratch.options());
    let (kept, ada, _) = on(&pool).with_customers().await;
    let (mut order, next) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&order]).await;
    kept.assert_order(&order, "before").await;
    kept.users.find(ada.id()).await.expect("before");

    run(&pool, migration).await;

    let found = kept.users.find(ada.id()).await.expect("an answer");
    assert_eq!(found.map(|user| user.email().clone()), Some(ada.email().clone()));
    kept.assert_order(&order, "what is there is read as before").await;
    kept.users.insert(&user(3, "Cy")).await.expect("a new user is kept");
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "what is new is kept").await;
    order.pay(datetime!(2026-11-24 09:10 UTC)).expect("it is submitted");
    kept.orders.update(&order).await.expect("it is there");
    kept.assert_order(&order, "and what changes").await;
}
// ANCHOR_END: columns

// ANCHOR: unordered
#[rstest]
#[case::as_usual("OFF")]
#[case::from_the_other_end("ON")]
#[tokio::test]
async fn rows_are_asked_for_in_their_order(#[case] reversed: &'static str) {
    let scratch = Scratch::new();
    // Where a query asks for no order, SQLite begins at either end.
    let options = scratch.options().pragma("reverse_unordered_selects", reversed);
    let (kept, ada, _) = on(&sqlite::pool(options)).with_customers().await;
    let (first, second) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&first, &second]).await;

    kept.assert_order(&first, "mate, then tea").await;
    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");
    let listed: Vec<_> = listed.iter().map(all_of).collect();
    assert_eq!(listed, [all_of(&second), all_of(&first)], "the newest first");
}
// ANCHOR_END: unordered

/// The disk is full when an order gets its third item.
const FULL: &str = "CREATE TRIGGER full BEFORE INSERT ON order_items
     WHEN (SELECT count(*) FROM order_items WHERE order_id = NEW.order_id) = 2
     BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;";

// ANCHOR: whole
#[tokio::test]
async fn an_order_is_inserted_with_all_its_items_or_not_at_all() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let mut order = draft(1, &ada);
    add(&mut order, "cocoa", 500, 1);
    run(&pool, FULL).await;

    let inserted = inserting(kept.orders.insert(&order).await);

    assert_says(inserted, "the disk is full");
    let rows =
        "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)";
    assert_eq!(count(&pool, rows).await, 0, "no row of it is there");
}
// ANCHOR_END: whole

#[tokio::test]
async fn an_order_is_updated_with_all_its_items_or_not_at_all() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut changed = order.clone();
    add(&mut changed, "cocoa", 500, 1);
    changed.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    run(&pool, FULL).await;

    let updated = updating(kept.orders.update(&changed).await);

    assert_says(updated, "the disk is full");
    kept.assert_order(&order, "a draft with two items, as before").await;
}

#[tokio::test]
async fn an_empty_draft_in_yen_has_no_row_either() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let id = OrderId::new(Uuid::from_u128(1));
    let order = Order::draft(id, customer(&ada), Currency::Jpy);

    let inserted = inserting(kept.orders.insert(&order).await);

    assert!(
        inserted.is_err(),
        "it would be read as a draft in euros: {inserted:?}"
    );
    assert_eq!(count(&pool, "SELECT count(*) FROM orders").await, 0, "no row");
}

// ANCHOR: null
#[tokio::test]
async fn what_has_not_happened_has_no_time() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order, &submitted(2, &ada)]).await;

    let drafts =
        "SELECT count(*) FROM orders WHERE submitted_at IS NULL AND paid_at IS NULL
                  AND shipped_at IS NULL AND cancelled_at IS NULL";
    assert_eq!(count(&pool, drafts).await, 1, "a draft has no times at all");

    let mut again = order.clone();
    again.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    kept.orders.update(&again).await.expect("it is there");
    kept.orders.update(&order).await.expect("it is there");
    assert_eq!(count(&pool, drafts).await, 1, "nor has what is a draft again");
}
// ANCHOR_END: null

// ANCHOR: moment
#[tokio::test]
async fn whoever_reads_the_table_reads_the_same_moment() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let mut order = draft(1, &ada);
    order.submit(datetime!(2026-11-24 18:00 +9)).expect("it has items");
    kept.with_orders([&order]).await;

    let moment = "SELECT unixepoch(submitted_at) FROM orders";
    let nine = datetime!(2026-11-24 09:00 UTC).unix_timestamp();
    assert_eq!(count(&pool, moment).await, nine, "six in the evening in Tokyo");
}
// ANCHOR_END: moment

// ANCHOR: rival
#[tokio::test]
async fn an_id_that_somebody_takes_in_the_last_moment_is_taken() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    // Before a row is inserted, a rival inserts one with this id. So whoever looked
    // first saw nothing.
    run(
        &pool,
        "CREATE TRIGGER rival_user BEFORE INSERT ON users
         WHEN NEW.name <> 'rival' BEGIN
             INSERT INTO users (id, email, name, staff_note)
             VALUES (NEW.id, 'r@beans.example', 'rival', '');
         END;
         CREATE TRIGGER rival_order BEFORE INSERT ON orders
         WHEN NEW.status <> 'draft' BEGIN
             INSERT INTO orders (id, customer_id, status)
             VALUES (NEW.id, NEW.customer_id, 'draft');
         END;",
    )
    .await;

    let cy = kept.users.insert(&user(3, "Cy")).await;
    let order = kept.orders.insert(&submitted(1, &ada)).await;

    assert!(
        is_same_id(&cy),
        "the database refused it because the id is taken: {cy:?}"
    );
    assert!(
        matches!(order, Err(InsertError::SameId)),
        "and so with the order: {order:?}"
    );
}
// ANCHOR_END: rival

// ANCHOR: other_reasons
#[tokio::test]
async fn what_is_refused_for_another_reason_is_no_taken_id() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    run(
        &pool,
        "CREATE TRIGGER full_users BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
         CREATE TRIGGER full_orders BEFORE INSERT ON orders WHEN NEW.status = 'submitted' BEGIN
             SELECT RAISE(ABORT, 'the disk is full');
         END;",
    )
    .await;

    let cy = kept.users.insert(&user(3, "Cy")).await;
    let order = kept.orders.insert(&submitted(1, &ada)).await;
    let of_nobody = kept.orders.insert(&draft(2, &user(4, "Nobody"))).await;

    assert_says(registering(cy), "the disk is full");
    assert_says(inserting(order), "the disk is full");
    assert_says(inserting(of_nobody), "FOREIGN KEY constraint failed");
}
// ANCHOR_END: other_reasons

// ANCHOR: left_over
#[tokio::test]
async fn a_line_that_was_left_over_is_no_taken_id() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = draft(1, &ada);
    // Somebody deleted an order by hand, where no foreign key held it, and left a
    // line of it.
    run(
        &pool,
        "PRAGMA foreign_keys = OFF;
         INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
         VALUES ('00000000-0000-0000-0000-000000000001', 0, 'air', 'The air', 1, 0);
         PRAGMA foreign_keys = ON;",
    )
    .await;

    match inserting(kept.orders.insert(&order).await) {
        Ok(()) => kept.assert_order(&order, "said to be kept, so all is").await,
        refused => assert_says(refused, "UNIQUE constraint failed: order_items"),
    }
}
// ANCHOR_END: left_over

#[tokio::test]
async fn what_cannot_be_updated_is_not_gone() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = submitted(1, &ada);
    let kept = kept.with_orders([&order]).await;
    run(
        &pool,
        "CREATE TRIGGER full_users BEFORE UPDATE ON users BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
         CREATE TRIGGER full_orders BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;",
    )
    .await;

    assert_says(updating(kept.users.update(&ada).await), "the disk is full");
    assert_says(updating(kept.orders.update(&order).await), "the disk is full");
}

#[tokio::test]
async fn without_a_database_nothing_is_answered() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let kept = on(&pool);
    let (ada, id) = (user(1, "Ada"), Uuid::from_u128(1));
    let order = submitted(1, &ada);

    pool.close().await;

    let closed = "closed pool";
    assert_says(kept.users.find(UserId::new(id)).await, closed);
    assert_says(registering(kept.users.insert(&ada).await), closed);
    assert_says(updating(kept.users.update(&ada).await), closed);
    assert_says(kept.orders.find(OrderId::new(id)).await, closed);
    assert_says(kept.orders.of_customer(CustomerId::new(id)).await, closed);
    assert_says(inserting(kept.orders.insert(&order).await), closed);
    assert_says(updating(kept.orders.update(&order).await), closed);
}

/// What the contract does not say is each adapter's own: nobody places an order for
/// a customer who is not there.
// ANCHOR: nobody
#[tokio::test]
async fn an_order_of_nobody_is_kept_in_memory_and_refused_by_sqlite() {
    let scratch = Scratch::new();
    let order = submitted(1, &user(4, "Nobody"));

    let in_memory = in_memory().await.orders.insert(&order).await;
    let in_sqlite = on(&scratch.pool()).orders.insert(&order).await;

    assert!(in_memory.is_ok(), "it knows no users: {in_memory:?}");
    assert_says(inserting(in_sqlite), "FOREIGN KEY constraint failed");
}
// ANCHOR_END: nobody
