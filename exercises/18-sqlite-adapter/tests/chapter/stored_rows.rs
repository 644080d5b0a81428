//! What an adapter has to keep because it has rows. In memory there are none, so
//! the contract cannot ask for it.

use rstest::rstest;
use rstest_reuse::{apply, template};
use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::{
    desk::{
        adapters::sqlite,
        application::ports::InsertError,
        domain::{Currency, CustomerId, Order, OrderId, StateName, UserId},
    },
    repositories::{in_memory, on},
    samples_of_orders::{
        NINE, add, all_of, customer, draft, draft_in, in_state, in_state_since,
        order_id, submitted, user,
    },
    service::Scratch,
    sql::{assert_says, count, run},
    statements::{assert_a_list_costs_a_fixed_number, counted},
    storage_errors::{inserting, is_same_id, registering, updating},
};

fn one_connection(scratch: &Scratch) -> SqlitePool {
    let options = SqlitePoolOptions::new().max_connections(1);
    options.connect_lazy_with(scratch.options())
}

// ANCHOR: no_user
#[rstest]
#[case::an_address_without_a_name(
    "UPDATE users SET email = '@' WHERE name = 'Ada'",
    "has no name before the @"
)]
#[case::a_name_of_white_space("UPDATE users SET name = ' '", "is empty")]
#[case::an_empty_telephone("UPDATE users SET phone = ''", "is empty")]
#[tokio::test]
async fn unreadable_user_row_is_a_storage_error(
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
#[case::shipped_before_it_was_paid(
    "UPDATE orders SET status = 'shipped', shipped_at = submitted_at",
    "cannot be \"shipped\" with these times"
)]
#[case::paid_and_cancelled(
    "UPDATE orders SET status = 'cancelled', paid_at = submitted_at, cancelled_at = submitted_at",
    "cannot be \"cancelled\" with these times"
)]
#[case::cancelled_at_no_time(
    "UPDATE orders SET status = 'cancelled'",
    "cannot be \"cancelled\" with these times"
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
async fn unreadable_order_row_is_a_storage_error(
    #[case] damage: &'static str,
    #[case] why: &str,
) {
    let scratch = Scratch::new();
    // So what a reader leaves behind meets the next one who writes.
    let pool = one_connection(&scratch);
    let (kept, ada, _) = on(&pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    run(&pool, damage).await;

    assert_says(kept.orders.find(submitted(1, &ada).id()).await, why);
    let next = submitted(2, &ada);
    let kept = kept.with_orders([&next]).await;
    assert_says(kept.orders.of_customer(customer(&ada)).await, why);
    kept.orders.update(&next).await.expect("the next one who writes can");
}
// ANCHOR_END: no_order

#[tokio::test]
async fn unreadable_row_fails_the_list() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada), &submitted(2, &ada)]).await;

    run(&pool, "UPDATE orders SET status = 'lost' WHERE id LIKE '%1'").await;

    let listed = kept.orders.of_customer(customer(&ada)).await;
    assert_says(listed, "cannot be \"lost\"");
}

#[tokio::test]
async fn unreadable_customer_id_is_a_storage_error() {
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
#[case::named_as_in_the_other_table(
    "ALTER TABLE orders ADD COLUMN name TEXT NOT NULL DEFAULT 'gold';
     ALTER TABLE orders ADD COLUMN quantity INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE orders ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE order_items ADD COLUMN id TEXT NOT NULL DEFAULT 'gold';
     ALTER TABLE order_items ADD COLUMN customer_id TEXT NOT NULL DEFAULT 'gold';
     ALTER TABLE order_items ADD COLUMN status TEXT NOT NULL DEFAULT 'gold';"
)]
#[tokio::test]
async fn new_columns_break_nothing(#[case] migration: &'static str) {
    let scratch = Scratch::new();
    // So the connection that knows the old tables is asked again.
    let pool = one_connection(&scratch);
    let (kept, ada, _) = on(&pool).with_customers().await;
    let (mut order, next) = (submitted(1, &ada), submitted(2, &ada));
    let kept = kept.with_orders([&order]).await;
    kept.assert_order(&order, "before").await;
    kept.users.find(ada.id()).await.expect("before");
    kept.users.update(&ada).await.expect("before");

    run(&pool, migration).await;

    let found = kept.users.find(ada.id()).await.expect("an answer");
    assert_eq!(found.map(|user| user.email().clone()), Some(ada.email().clone()));
    kept.assert_order(&order, "what is there is read as before").await;
    kept.users.update(&ada).await.expect("who is there can be changed");
    kept.users.insert(&user(3, "Cy")).await.expect("a new user is kept");
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "what is new is kept").await;
    let listed = kept.orders.of_customer(customer(&ada)).await.expect("an answer");
    let listed: Vec<_> = listed.iter().map(all_of).collect();
    assert_eq!(listed, [all_of(&next), all_of(&order)], "and both are listed");
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
async fn queries_name_their_order(#[case] reversed: &'static str) {
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

// ANCHOR: statements
#[tokio::test]
async fn order_list_costs_a_fixed_number_of_statements() {
    let scratch = Scratch::new();
    let listing = on(&sqlite::pool(counted(scratch.options())));

    assert_a_list_costs_a_fixed_number(on(&scratch.pool()), listing).await;
}
// ANCHOR_END: statements

// ANCHOR: whole
/// What refuses an order with cocoa in it, after its first items are written.
#[template]
#[rstest]
#[case::by_a_trigger(
    "CREATE TRIGGER full BEFORE INSERT ON order_items WHEN NEW.sku = 'cocoa' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;",
    "the disk is full"
)]
#[case::by_a_check(
    "ALTER TABLE order_items ADD COLUMN checked TEXT CHECK (sku <> 'cocoa')",
    "CHECK constraint failed"
)]
#[case::at_the_commit(
    "CREATE TABLE log (order_id TEXT REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER log AFTER INSERT ON order_items WHEN NEW.sku = 'cocoa' BEGIN
         INSERT INTO log (order_id) VALUES ('nothing');
     END;",
    "FOREIGN KEY constraint failed"
)]
#[tokio::test]
async fn no_cocoa(#[case] refuses: &'static str, #[case] why: &str) {}

#[apply(no_cocoa)]
async fn insert_is_atomic(refuses: &'static str, why: &str) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let mut order = draft(1, &ada);
    add(&mut order, "cocoa", 500, 1);
    run(&pool, refuses).await;

    let inserted = inserting(kept.orders.insert(&order).await);

    assert_says(inserted, why);
    assert_eq!(rows_of_orders(&pool).await, 0, "no row of it is there");
    let next = draft(1, &ada);
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "the same order without cocoa is kept").await;
}

#[apply(no_cocoa)]
async fn update_is_atomic(refuses: &'static str, why: &str) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut changed = order.clone();
    add(&mut changed, "cocoa", 500, 1);
    changed.submit(NINE).expect("it has items");
    run(&pool, refuses).await;

    let updated = updating(kept.orders.update(&changed).await);

    assert_says(updated, why);
    kept.assert_order(&order, "a draft with two items, as before").await;
    let next = submitted(1, &ada);
    kept.orders.update(&next).await.expect("there is no cocoa in it");
    kept.assert_order(&next, "the same order without cocoa is kept").await;
}
// ANCHOR_END: whole

async fn rows_of_orders(pool: &SqlitePool) -> i64 {
    let rows =
        "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)";
    count(pool, rows).await
}

#[rstest]
#[case::yen(Currency::Jpy)]
#[case::dollars(Currency::Usd)]
#[tokio::test]
async fn other_currency_is_refused(#[case] currency: Currency) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let empty = |currency| Order::draft(order_id(1), customer(&ada), currency);
    let priced = draft_in(currency, 1, &ada);

    let empty_inserted = inserting(kept.orders.insert(&empty(currency)).await);
    let inserted = inserting(kept.orders.insert(&priced).await);

    assert!(
        empty_inserted.is_err() && inserted.is_err(),
        "it would be read as an order in euros: {empty_inserted:?}, {inserted:?}"
    );
    assert_eq!(rows_of_orders(&pool).await, 0, "no row");

    let before = empty(Currency::Eur);
    let kept = kept.with_orders([&before]).await;
    let empty_updated = updating(kept.orders.update(&empty(currency)).await);
    let updated = updating(kept.orders.update(&priced).await);

    assert!(
        empty_updated.is_err() && updated.is_err(),
        "it would be read as an order in euros: {empty_updated:?}, {updated:?}"
    );
    kept.assert_order(&before, "no row is written or changed").await;
}

// ANCHOR: null
#[tokio::test]
async fn times_not_reached_are_null() {
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
    again.submit(NINE).expect("it has items");
    kept.orders.update(&again).await.expect("it is there");
    kept.orders.update(&order).await.expect("it is there");
    assert_eq!(count(&pool, drafts).await, 1, "nor has what is a draft again");
}
// ANCHOR_END: null

// ANCHOR: moment
#[tokio::test]
async fn stored_times_name_the_same_moment() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let in_tokyo = datetime!(2026-11-24 18:00 +9);
    let [shipped, cancelled, shipped_later, cancelled_later] = [
        (1, StateName::Shipped),
        (2, StateName::Cancelled),
        (3, StateName::Shipped),
        (4, StateName::Cancelled),
    ]
    .map(|(id, to)| in_state_since(id, &ada, to, in_tokyo, Duration::SECOND));

    let drafts = [&draft(3, &ada), &draft(4, &ada)];
    let kept = kept.with_orders([&shipped, &cancelled]).await;
    let kept = kept.with_orders(drafts).await;
    kept.orders.update(&shipped_later).await.expect("it is there");
    kept.orders.update(&cancelled_later).await.expect("it is there");

    let moments: Vec<[Option<i64>; 4]> = sqlx::query_as(
        "SELECT unixepoch(submitted_at), unixepoch(paid_at), unixepoch(shipped_at), unixepoch(cancelled_at)
         FROM orders ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .expect("rows")
    .into_iter()
    .map(|(submitted, paid, shipped, cancelled)| [submitted, paid, shipped, cancelled])
    .collect();
    let nine = NINE.unix_timestamp();
    let shipped = [Some(nine), Some(nine + 2), Some(nine + 3), None];
    let cancelled = [Some(nine), None, None, Some(nine + 1)];
    assert_eq!(
        moments,
        [shipped, cancelled, shipped, cancelled],
        "six in the evening in Tokyo, and the seconds after it; two were inserted so, and two updated"
    );
}
// ANCHOR_END: moment

// ANCHOR: rival
#[tokio::test]
async fn id_taken_at_insert_is_same_id() {
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
#[rstest]
#[case::by_a_trigger(
    "CREATE TRIGGER full_users BEFORE INSERT ON users WHEN NEW.name = 'Cy' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;
     CREATE TRIGGER full_orders BEFORE INSERT ON orders WHEN NEW.status = 'submitted' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;",
    "the disk is full"
)]
#[case::by_a_trigger_that_says_unique(
    "CREATE TRIGGER unique_users BEFORE INSERT ON users WHEN NEW.name = 'Cy' BEGIN
         SELECT RAISE(ABORT, 'UNIQUE names alone');
     END;
     CREATE TRIGGER unique_orders BEFORE INSERT ON orders WHEN NEW.status = 'submitted' BEGIN
         SELECT RAISE(ABORT, 'UNIQUE names alone');
     END;",
    "UNIQUE names alone"
)]
#[case::by_a_check(
    "ALTER TABLE users ADD COLUMN checked TEXT CHECK (name <> 'Cy');
     ALTER TABLE orders ADD COLUMN checked TEXT CHECK (status <> 'submitted');",
    "CHECK constraint failed"
)]
#[case::at_the_commit(
    "CREATE TABLE log (user_id TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER log_users AFTER INSERT ON users WHEN NEW.name = 'Cy' BEGIN
         INSERT INTO log (user_id) VALUES ('nobody');
     END;
     CREATE TRIGGER log_orders AFTER INSERT ON orders WHEN NEW.status = 'submitted' BEGIN
         INSERT INTO log (user_id) VALUES ('nobody');
     END;",
    "FOREIGN KEY constraint failed"
)]
#[tokio::test]
async fn other_insert_refusal_is_a_storage_error(
    #[case] refuses: &'static str,
    #[case] why: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    run(&pool, refuses).await;

    let cy = kept.users.insert(&user(3, "Cy")).await;
    let order = kept.orders.insert(&submitted(1, &ada)).await;
    let of_nobody = kept.orders.insert(&draft(2, &user(4, "Nobody"))).await;

    assert_says(registering(cy), why);
    assert_says(inserting(order), why);
    assert_says(inserting(of_nobody), "FOREIGN KEY constraint failed");
    let (dee, order) = (user(3, "Dee"), draft(1, &ada));
    let kept = kept.with_users([&dee]).await.with_orders([&order]).await;
    kept.assert_user(&dee, "the same id without what was refused").await;
    kept.assert_order(&order, "the same id without what was refused").await;
}
// ANCHOR_END: other_reasons

// ANCHOR: left_over
#[tokio::test]
async fn item_conflict_is_a_storage_error() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, ada, _) = on(&pool).with_customers().await;
    let order = draft(1, &ada);
    let mut mate = Order::draft(order_id(2), customer(&ada), Currency::Eur);
    add(&mut mate, "mate", 700, 1);
    let kept = kept.with_orders([&mate]).await;
    // Where an order should get its tea, there is an item already.
    run(
        &pool,
        "CREATE TRIGGER left_over BEFORE INSERT ON order_items WHEN NEW.sku = 'tea' BEGIN
             INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
             VALUES (NEW.order_id, NEW.position, 'air', 'The air', 1, 0);
         END;",
    )
    .await;

    match inserting(kept.orders.insert(&order).await) {
        Ok(()) => kept.assert_order(&order, "said to be kept, so all is").await,
        refused => assert_says(refused, "UNIQUE constraint failed: order_items"),
    }
    let with_tea = draft(2, &ada);
    match updating(kept.orders.update(&with_tea).await) {
        Ok(()) => kept.assert_order(&with_tea, "said to be kept, so all is").await,
        refused => assert_says(refused, "UNIQUE constraint failed: order_items"),
    }
}
// ANCHOR_END: left_over

#[rstest]
#[case::by_a_trigger(
    "CREATE TRIGGER full_users BEFORE UPDATE ON users WHEN NEW.active = 0 BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;
     CREATE TRIGGER full_orders BEFORE UPDATE ON orders WHEN NEW.status = 'paid' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;",
    "the disk is full"
)]
#[case::by_a_check(
    "ALTER TABLE users ADD COLUMN checked TEXT CHECK (active = 1);
     ALTER TABLE orders ADD COLUMN checked TEXT CHECK (status <> 'paid');",
    "CHECK constraint failed"
)]
#[case::at_the_commit(
    "CREATE TABLE log (user_id TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER log_users AFTER UPDATE ON users WHEN NEW.active = 0 BEGIN
         INSERT INTO log (user_id) VALUES ('nobody');
     END;
     CREATE TRIGGER log_orders AFTER UPDATE ON orders WHEN NEW.status = 'paid' BEGIN
         INSERT INTO log (user_id) VALUES ('nobody');
     END;",
    "FOREIGN KEY constraint failed"
)]
#[tokio::test]
async fn update_refusal_is_a_storage_error(
    #[case] refuses: &'static str,
    #[case] why: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (kept, mut ada, _) = on(&pool).with_customers().await;
    let order = submitted(1, &ada);
    let kept = kept.with_orders([&order]).await;
    run(&pool, refuses).await;
    let (before, nobody) = (ada.clone(), user(4, "Nobody"));
    ada.deactivate();

    let deactivated = kept.users.update(&ada).await;
    let paid = kept.orders.update(&in_state(1, &ada, StateName::Paid)).await;
    let of_nobody = kept.orders.update(&draft(1, &nobody)).await;

    assert_says(updating(deactivated), why);
    assert_says(updating(paid), why);
    assert_says(updating(of_nobody), "FOREIGN KEY constraint failed");
    kept.assert_user(&before, "as before").await;
    kept.assert_order(&order, "as before").await;
    let cancelled = in_state(1, &before, StateName::Cancelled);
    kept.orders.update(&cancelled).await.expect("that is not refused");
    kept.assert_order(&cancelled, "the next update is kept").await;
}

#[tokio::test]
async fn closed_pool_is_a_storage_error() {
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
async fn order_of_unknown_customer_is_refused_by_sqlite_alone() {
    let scratch = Scratch::new();
    let order = submitted(1, &user(4, "Nobody"));

    let in_memory = in_memory().await.orders.insert(&order).await;
    let in_sqlite = on(&scratch.pool()).orders.insert(&order).await;

    assert!(in_memory.is_ok(), "it knows no users: {in_memory:?}");
    assert_says(inserting(in_sqlite), "FOREIGN KEY constraint failed");
}
// ANCHOR_END: nobody
