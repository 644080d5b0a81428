//! An order is several rows, and somebody else may write between two queries.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use sqlx::{
    Connection, SqliteConnection, SqlitePool, sqlite::SqliteConnectOptions,
};
use time::macros::datetime;
use uuid::Uuid;

use crate::{
    desk::{
        application::ports::UpdateError,
        domain::{Currency, CustomerId, Order, OrderId},
    },
    repositories::{Kept, on},
    samples_of_orders::{add, all_of, customer, draft, user},
    service::Scratch,
    sql::run,
};

/// Ids that are compared by a collation of ours.
const TABLES: &str = "DROP TABLE order_items;
    DROP TABLE orders;
    DROP TABLE users;
    CREATE TABLE users (
        id TEXT COLLATE watched NOT NULL PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, phone TEXT,
        staff_note TEXT NOT NULL, active INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX users_by_email ON users (email);
    CREATE TABLE orders (
        id TEXT COLLATE watched NOT NULL PRIMARY KEY, customer_id TEXT COLLATE watched NOT NULL, status TEXT NOT NULL,
        submitted_at TEXT, paid_at TEXT, shipped_at TEXT, cancelled_at TEXT
    ) STRICT;
    CREATE TABLE order_items (
        order_id TEXT COLLATE watched NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL, name TEXT NOT NULL,
        quantity INTEGER NOT NULL, unit_price_cents INTEGER NOT NULL, PRIMARY KEY (order_id, position)
    ) STRICT;";

/// A rival writes this, at once: cocoa for everybody, all is submitted, and there is an empty draft more.
const COCOA: &str = "BEGIN IMMEDIATE;
    UPDATE orders SET status = 'submitted', submitted_at = '2026-11-24T09:00:00Z';
    INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
        SELECT order_id, max(position) + 1, 'cocoa', 'The cocoa', 1, 500 FROM order_items GROUP BY order_id;
    INSERT INTO orders (id, customer_id, status)
        SELECT '00000000-0000-0000-0000-000000000002', max(customer_id), 'draft' FROM orders;
    COMMIT;";

/// Or this: a note about everybody.
const NOTE: &str = "BEGIN IMMEDIATE;
    UPDATE users SET staff_note = 'seen';
    COMMIT;";

/// Or this: nothing and nobody is there any more.
const GONE: &str = "BEGIN IMMEDIATE;
    DELETE FROM order_items;
    DELETE FROM orders;
    DELETE FROM users;
    COMMIT;";

// ANCHOR: rival
/// Somebody who writes while another one reads: as soon as SQLite compares an id,
/// in the middle of a query. The one who reads waits until it is written. So it
/// happens each time, and nobody sleeps.
#[derive(Debug, Clone)]
struct Rival {
    scratch: Scratch,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Debug)]
enum Plan {
    Nothing,
    Write(&'static str),
    Done(Result<(), sqlx::Error>),
}

impl Rival {
    /// What SQLite calls to compare two ids.
    fn compares(&self) {
        let mut plan = self.plan.lock().expect("a plan");
        if let Plan::Write(sql) = *plan {
            let options =
                watched(self.scratch.options(), || ()).busy_timeout(Duration::ZERO);
            let rival = thread::spawn(move || block_on(write(options, sql)));
            *plan = Plan::Done(rival.join().expect("the rival does not panic"));
        }
    }
}
// ANCHOR_END: rival

impl Rival {
    fn new() -> Self {
        Self { scratch: Scratch::new(), plan: Arc::new(Mutex::new(Plan::Nothing)) }
    }

    /// A database whose readers the rival interrupts.
    async fn pool(&self) -> SqlitePool {
        let rival = self.clone();
        let options = watched(self.scratch.options(), move || rival.compares());
        let pool = crate::desk::adapters::sqlite::pool(options);
        run(&pool, TABLES).await;
        pool
    }

    /// The next who reads is interrupted, and this is written.
    fn waits(&self, sql: &'static str) {
        *self.plan.lock().expect("a plan") = Plan::Write(sql);
    }

    /// Whether the rival could write.
    fn has_written(&self) -> bool {
        match &*self.plan.lock().expect("a plan") {
            Plan::Done(done) => done.is_ok(),
            plan => panic!("no id was compared: {plan:?}"),
        }
    }
}

/// Calls this whenever two ids are compared.
fn watched(
    options: SqliteConnectOptions,
    compares: impl Fn() + Send + Sync + 'static,
) -> SqliteConnectOptions {
    options.collation("watched", move |one, other| {
        compares();
        one.cmp(other)
    })
}

async fn write(
    options: SqliteConnectOptions,
    sql: &'static str,
) -> Result<(), sqlx::Error> {
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(sql).execute(&mut connection).await?;
    connection.close().await
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime")
        .block_on(work)
}

/// A draft of Ada's, and what the rival makes of it.
async fn before_and_after(pool: &SqlitePool) -> (Kept, CustomerId, Order, Order) {
    let (kept, ada, _) = on(pool).with_customers().await;
    let before = draft(1, &ada);
    let mut after = before.clone();
    add(&mut after, "cocoa", 500, 1);
    after.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    let kept = kept.with_orders([&before]).await;
    (kept, customer(&ada), before, after)
}

/// Holds that an order was once as it was read.
fn assert_one_moment(read: &Order, before: &Order, after: &Order) {
    let items: Vec<&str> =
        read.items().iter().map(|item| item.sku().as_str()).collect();
    assert!(
        [all_of(before), all_of(after)].contains(&all_of(read)),
        "it was a draft of mate and tea, and then a submitted order of mate, tea and cocoa. It was never this: {} {items:?}",
        read.state().name(),
    );
}

// ANCHOR: find
#[tokio::test]
async fn order_is_read_at_one_moment() {
    let rival = Rival::new();
    let (kept, _, before, after) = before_and_after(&rival.pool().await).await;

    rival.waits(COCOA);
    let found = kept.orders.find(before.id()).await.expect("an answer");

    assert!(rival.has_written(), "who reads keeps nobody from writing");
    assert_one_moment(&found.expect("it is there"), &before, &after);
    kept.assert_order(&after, "and now it is what the rival has made of it").await;
}
// ANCHOR_END: find

#[tokio::test]
async fn list_is_read_at_one_moment() {
    let rival = Rival::new();
    let (kept, ada, before, after) = before_and_after(&rival.pool().await).await;

    rival.waits(COCOA);
    let listed = kept.orders.of_customer(ada).await.expect("an answer");

    assert!(rival.has_written(), "who reads keeps nobody from writing");
    let listed: Vec<_> = listed.iter().map(all_of).collect();
    let new = Order::draft(OrderId::new(Uuid::from_u128(2)), ada, Currency::Eur);
    assert!(
        listed == [all_of(&before)] || listed == [all_of(&new), all_of(&after)],
        "there was one draft, and then it was submitted and there was an empty one more. It was never this: {listed:#?}"
    );
}

// ANCHOR: update
#[tokio::test]
async fn writer_waits_for_its_turn() {
    let rival = Rival::new();
    let (kept, _, mut order, _) = before_and_after(&rival.pool().await).await;
    order.submit(datetime!(2026-11-24 10:00 UTC)).expect("it has items");

    rival.waits(COCOA);
    let updated = kept.orders.update(&order).await;

    assert!(updated.is_ok(), "another one writes too, that is all: {updated:?}");
    kept.assert_order(&order, "whole, and with nobody's cocoa").await;
}
// ANCHOR_END: update

#[tokio::test]
async fn every_writer_waits_for_its_turn() {
    let rival = Rival::new();
    let (kept, ada, bo) = on(&rival.pool().await).with_customers().await;
    let (order, cy) = (draft(1, &ada), user(3, "Cy"));
    let kept = kept.with_orders([&order]).await;

    rival.waits(NOTE);
    let inserted = kept.orders.insert(&draft(3, &ada)).await;
    rival.waits(NOTE);
    let registered = kept.users.insert(&cy).await;
    rival.waits(NOTE);
    let updated = kept.users.update(&bo).await;

    assert!(inserted.is_ok(), "another one writes too, that is all: {inserted:?}");
    assert!(registered.is_ok(), "and when a user is inserted: {registered:?}");
    assert!(updated.is_ok(), "and when a user is updated: {updated:?}");
}

/// Holds that an update tells what has become of its row.
#[track_caller]
fn assert_told(updated: &Result<(), UpdateError>, is_there: bool) {
    assert!(
        matches!(
            (updated, is_there),
            (Ok(()), true) | (Err(UpdateError::NotThere), false)
        ),
        "somebody deletes it in the last moment. Is it there? {is_there}. And what said the update? {updated:?}"
    );
}

// ANCHOR: gone
#[tokio::test]
async fn update_tells_whether_user_is_there() {
    let rival = Rival::new();
    let (kept, ada, _) = on(&rival.pool().await).with_customers().await;

    rival.waits(GONE);
    let updated = kept.users.update(&ada).await;

    let found = kept.users.find(ada.id()).await.expect("an answer");
    assert_told(&updated, found.is_some());
}
// ANCHOR_END: gone

#[tokio::test]
async fn update_tells_whether_order_is_there() {
    let rival = Rival::new();
    let (kept, _, order, _) = before_and_after(&rival.pool().await).await;

    rival.waits(GONE);
    let updated = kept.orders.update(&order).await;

    let found = kept.orders.find(order.id()).await.expect("an answer");
    assert_told(&updated, found.is_some());
}
