//! An order is several rows, and somebody else may write between two queries, or at the same time.

use crate::desk::{
    application::ports::InsertUserError,
    domain::{Order, User},
};
use rstest::rstest;
use sqlx::{Connection, PgConnection, PgPool};
use time::macros::datetime;

use super::Postgres;
use crate::{
    contract::{Kept, on_postgres},
    samples_of_orders::{add, all_of, customer, draft, user},
};

// ANCHOR: rival
/// Somebody in the middle of a transaction.
#[derive(Debug)]
struct Rival(PgConnection);

impl Rival {
    /// Begins, and does this. What it locks stays locked.
    async fn begins(postgres: &Postgres, sql: &'static str) -> Self {
        let connection = PgConnection::connect(postgres.url()).await;
        let mut rival = Self(connection.expect("a connection"));
        rival.run("BEGIN").await;
        rival.run(sql).await;
        rival
    }

    async fn run(&mut self, sql: &'static str) {
        let done = sqlx::raw_sql(sql).execute(&mut self.0).await;
        done.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// Lets this work begin. As soon as it waits for the rival, the rival does this and comes to an end. So it happens
    /// each time, and nobody sleeps.
    async fn ends_in_the_middle_of<T: Send + 'static>(
        mut self,
        work: impl Future<Output = T> + Send + 'static,
        sql: &'static str,
    ) -> T {
        let work = tokio::spawn(work);
        // Nobody waits longer than the five seconds of a statement, which is far fewer questions.
        for _ in 0..50_000 {
            if work.is_finished() || self.is_waited_for().await {
                break;
            }
        }
        self.run(sql).await;
        work.await.expect("it does not panic")
    }

    async fn is_waited_for(&mut self) -> bool {
        let waits = "SELECT EXISTS (SELECT FROM pg_locks
            WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))";
        sqlx::query_scalar(waits).fetch_one(&mut self.0).await.expect("an answer")
    }
}
// ANCHOR_END: rival

/// Cocoa for everybody, and all is submitted.
const COCOA: &str = "UPDATE orders SET status = 'submitted', submitted_at = '2026-11-24T09:00:00Z';
    INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
        SELECT order_id, max(position) + 1, 'cocoa', 'The cocoa', 1, 500 FROM order_items GROUP BY order_id;
    COMMIT;";

/// A draft of Ada's, and what the rival makes of it.
async fn before_and_after(postgres: &Postgres) -> (Kept, User, Order, Order) {
    let (kept, ada, _) = on_postgres(postgres.pool()).with_customers().await;
    let before = draft(1, &ada);
    let mut after = before.clone();
    add(&mut after, "cocoa", 500, 1);
    after.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    let kept = kept.with_orders([&before]).await;
    (kept, ada, before, after)
}

/// Holds that an order was once as it was read.
#[track_caller]
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
#[rstest]
#[case::before_the_order("LOCK TABLE orders")]
#[case::before_its_items("LOCK TABLE order_items")]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_is_read_at_one_moment(#[case] lock: &'static str) {
    let postgres = Postgres::empty().await;
    let (kept, _, before, after) = before_and_after(&postgres).await;
    let (orders, id) = (kept.orders.clone(), before.id());

    let rival = Rival::begins(&postgres, lock).await;
    let found = rival
        .ends_in_the_middle_of(async move { orders.find(id).await }, COCOA)
        .await;

    let found = found.expect("an answer").expect("it is there");
    assert_one_moment(&found, &before, &after);
    kept.assert_order(&after, "and now it is what the rival has made of it").await;
}
// ANCHOR_END: find

#[rstest]
#[case::before_the_order("LOCK TABLE orders")]
#[case::before_its_items("LOCK TABLE order_items")]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_list_is_read_at_one_moment(#[case] lock: &'static str) {
    let postgres = Postgres::empty().await;
    let (kept, ada, before, after) = before_and_after(&postgres).await;
    let (orders, ada) = (kept.orders.clone(), customer(&ada));

    let rival = Rival::begins(&postgres, lock).await;
    let listed = rival
        .ends_in_the_middle_of(async move { orders.of_customer(ada).await }, COCOA)
        .await
        .expect("an answer");

    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_one_moment(&listed[0], &before, &after);
}

// ANCHOR: update
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn concurrent_update_waits_and_is_kept_whole() {
    let postgres = Postgres::empty().await;
    let (kept, _, mut order, _) = before_and_after(&postgres).await;
    order.submit(datetime!(2026-11-24 10:00 UTC)).expect("it has items");
    let (orders, changed) = (kept.orders.clone(), order.clone());

    let rival = "UPDATE orders SET status = 'cancelled', cancelled_at = now()";
    let rival = Rival::begins(&postgres, rival).await;
    let updated = rival
        .ends_in_the_middle_of(
            async move { orders.update(&changed).await },
            "DELETE FROM order_items;
             INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
                 SELECT id, 1, 'cocoa', 'The cocoa', 1, 500 FROM orders;
             INSERT INTO order_items (order_id, position, sku, name, quantity, unit_price_cents)
                 SELECT id, 2, 'coffee', 'The coffee', 1, 900 FROM orders;
             COMMIT;",
        )
        .await;

    assert!(updated.is_ok(), "another one writes too, that is all: {updated:?}");
    kept.assert_order(&order, "whole, and with none of the two items of the other")
        .await;
}
// ANCHOR_END: update

/// Somebody who is about to sign up with the address of `user(1, …)`, under another id.
const SAME_ADDRESS: &str = "INSERT INTO users (id, email, name, staff_note, active)
    VALUES ('01a20add-41fd-77b4-9a14-b73987763797', '1@beans.example', 'Rival', '', '1')";

async fn ada_signs_up_while(
    postgres: &Postgres,
    sql: &'static str,
) -> (Kept, Result<(), InsertUserError>) {
    let kept = on_postgres(postgres.pool());
    let (users, ada) = (kept.users.clone(), user(1, "Ada"));
    let rival = Rival::begins(postgres, SAME_ADDRESS).await;
    let inserted = rival
        .ends_in_the_middle_of(async move { users.insert(&ada).await }, sql)
        .await;
    (kept, inserted)
}

/// Whatever is said of all transactions of a connection, and not of one, holds for the next who gets it.
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn connection_is_given_back_as_it_was() {
    let postgres = Postgres::empty().await;
    let one = postgres.one_connection();
    let before = left_on(&one).await;

    let (kept, ada, _) = on_postgres(&one).with_customers().await;
    let mut order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    kept.users.find(ada.id()).await.expect("an answer");
    kept.users.find_by_email(ada.email()).await.expect("an answer");
    kept.users.update(&ada).await.expect("Ada is there");
    kept.orders.find(order.id()).await.expect("an answer");
    kept.orders.find(draft(2, &ada).id()).await.expect("an answer");
    kept.orders.of_customer(customer(&ada)).await.expect("an answer");
    order.submit(datetime!(2026-11-24 10:00 UTC)).expect("it has items");
    kept.orders.update(&order).await.expect("it is there");
    let (nobody, name) = (user(3, "Nobody"), ada.name().clone());
    let eve = User::register(nobody.id(), ada.email().clone(), name, None);
    let refused = [
        kept.users.insert(&ada).await.is_err(),
        kept.users.insert(&eve).await.is_err(),
        kept.users.update(&eve).await.is_err(),
        kept.orders.insert(&order).await.is_err(),
        kept.orders.insert(&draft(2, &nobody)).await.is_err(),
        kept.orders.update(&draft(2, &ada)).await.is_err(),
        kept.orders.update(&draft(1, &nobody)).await.is_err(),
    ];
    assert_eq!(refused, [true; 7], "what is taken, missing or nobody's");

    let after = left_on(&one).await;
    let new: Vec<&String> =
        after.iter().filter(|of| !before.contains(of)).collect();
    assert_eq!(new, [""; 0], "settings and locks that somebody has left behind");
}

/// The settings of a connection, and what it has locked for as long as it is open.
async fn left_on(one: &PgPool) -> Vec<String> {
    let sql = "SELECT format('%s = %s', name, setting) FROM pg_settings
        UNION ALL SELECT format('%s of %s', mode, locktype) FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'advisory'";
    sqlx::query_scalar(sql).fetch_all(one).await.expect("settings")
}

// ANCHOR: address
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn insert_waits_for_a_rival_with_the_same_email() {
    let postgres = Postgres::empty().await;
    let (kept, inserted) = ada_signs_up_while(&postgres, "COMMIT").await;
    assert!(
        matches!(inserted, Err(InsertUserError::EmailTaken)),
        "the first has signed up: {inserted:?}"
    );
    let found = kept.users.find(user(1, "Ada").id()).await;
    assert!(matches!(found, Ok(None)), "and Ada is not kept: {found:?}");

    let postgres = Postgres::empty().await;
    let (kept, inserted) = ada_signs_up_while(&postgres, "ROLLBACK").await;
    assert!(inserted.is_ok(), "the first has not, in the end: {inserted:?}");
    kept.assert_user(&user(1, "Ada"), "so Ada has the address").await;
}
// ANCHOR_END: address
