//! What PostgreSQL refuses, and what the adapters make of it.

use crate::desk::{
    adapters::postgres::PostgresCatalogue,
    application::ports::{
        InsertError, InsertUserError, ProductRecord, ProductStore, UpdateError,
    },
    domain::{Name, Order, Phone, User},
};

use time::macros::datetime;

use super::{Postgres, assert_says, count, run};
use crate::{
    contract::on_postgres,
    repositories::on,
    samples_of_orders::{add, draft, submitted, user},
    service::Scratch,
    storage_errors::{inserting, registering, updating},
};

const ROWS: &str =
    "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)";

// ANCHOR: serves_on
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn connection_works_after_a_refusal() {
    let postgres = Postgres::empty().await;
    let (kept, ada, bo) =
        on_postgres(&postgres.one_connection()).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;

    let email = "eve@beans.example".parse().expect("an address");
    let eve = User::register(ada.id(), email, ada.name().clone(), None);
    let ada_again = kept.users.insert(&eve).await;
    let order_again = kept.orders.insert(&submitted(1, &bo)).await;
    let of_nobody = kept.orders.insert(&draft(2, &user(4, "Nobody"))).await;
    let given_to_nobody =
        kept.orders.update(&submitted(1, &user(4, "Nobody"))).await;

    assert!(
        matches!(ada_again, Err(InsertUserError::SameId)),
        "the id is Ada's: {ada_again:?}"
    );
    assert!(
        matches!(order_again, Err(InsertError::SameId)),
        "there is such an order: {order_again:?}"
    );
    assert!(
        matches!(of_nobody, Err(InsertError::Storage(_))),
        "there is no such customer: {of_nobody:?}"
    );
    assert!(
        matches!(given_to_nobody, Err(UpdateError::Storage(_))),
        "nor can the order become one of that customer: {given_to_nobody:?}"
    );
    kept.assert_user(&ada, "Ada is as before").await;
    kept.assert_order(&order, "and so is the order").await;
    let next = submitted(3, &ada);
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "nothing is left of the refusals").await;
}
// ANCHOR_END: serves_on

// ANCHOR: other_reasons
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn other_refusal_is_a_storage_failure() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, bo) = on_postgres(pool).with_customers().await;
    let kept = kept.with_orders([&draft(9, &ada)]).await;
    run(
        pool,
        "ALTER TABLE users ADD CONSTRAINT full_users CHECK (name <> 'Cy');
         ALTER TABLE users ADD CONSTRAINT not_users_pkey CHECK (name <> 'Fay');
         ALTER TABLE users ADD CONSTRAINT not_users_email_key CHECK (name <> 'Gus');
         ALTER TABLE users ADD CONSTRAINT users_email_key_2 CHECK (name <> 'Hal');
         ALTER TABLE users ADD CONSTRAINT users_pkey_2 CHECK (name <> 'Ivy');
         ALTER TABLE orders ADD CONSTRAINT full_orders CHECK (status <> 'submitted');
         CREATE UNIQUE INDEX one_phone ON users (phone) WHERE name = 'Di' OR name = 'Ed';",
    )
    .await;

    let cy = kept.users.insert(&user(3, "Cy")).await;
    let order = kept.orders.insert(&submitted(1, &ada)).await;
    let of_nobody = kept.orders.insert(&draft(2, &user(4, "Nobody"))).await;
    kept.users.insert(&user(5, "Di")).await.expect("her telephone is new");
    let ed = kept.users.insert(&user(6, "Ed")).await;
    let fay = kept.users.insert(&user(7, "Fay")).await;
    let gus = kept.users.insert(&user(8, "Gus")).await;
    let hal = kept.users.insert(&user(9, "Hal")).await;
    let ivy = kept.users.insert(&user(10, "Ivy")).await;
    let bo_as_cy = kept.users.update(&user(2, "Cy")).await;
    let submitted = kept.orders.update(&submitted(9, &ada)).await;

    assert_says(registering(cy), "full_users");
    assert_says(inserting(order), "full_orders");
    assert_says(inserting(of_nobody), "orders_customer_id_fkey");
    assert_says(registering(ed), "one_phone");
    assert_says(registering(fay), "not_users_pkey");
    assert_says(registering(gus), "not_users_email_key");
    assert_says(registering(hal), "users_email_key_2");
    assert_says(registering(ivy), "users_pkey_2");
    assert_says(updating(bo_as_cy), "full_users");
    assert_says(updating(submitted), "full_orders");
    kept.assert_user(&bo, "as before").await;
    kept.assert_order(&draft(9, &ada), "as before").await;
    assert_eq!(
        count(pool, "SELECT count(*) FROM users").await,
        3,
        "Ada, Bo and Di"
    );
    assert_eq!(count(pool, "SELECT count(*) FROM orders").await, 1, "the draft");
}
// ANCHOR_END: other_reasons

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn refused_item_is_a_storage_failure() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;
    run(pool, "CREATE UNIQUE INDEX one_of_each ON order_items (sku)").await;

    let inserted = inserting(kept.orders.insert(&submitted(2, &ada)).await);

    assert_says(inserted, "one_of_each");
    let orders = count(pool, "SELECT count(*) FROM orders").await;
    assert_eq!(orders, 1, "nor is the order there without it");
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn update_to_a_taken_email_is_a_storage_failure() {
    let postgres = Postgres::empty().await;
    let (kept, ada, bo) = on_postgres(postgres.pool()).with_customers().await;
    let moved = User::restore(
        bo.id(),
        ada.email().clone(),
        bo.name().clone(),
        None,
        String::new(),
        true,
    );

    let updated = kept.users.update(&moved).await;

    assert_says(updating(updated), "users_email_key");
}

// ANCHOR: nul
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn user_with_u0000_is_kept_by_sqlite_and_refused_by_postgresql() {
    let (scratch, postgres) = (Scratch::new(), Postgres::empty().await);
    let called = Name::new("A\0da").expect("it says something");
    let phone = Phone::new("1\0").expect("it says something");
    let mut ada = user(1, "Ada");
    ada.rename(called);
    let mut bo = user(2, "Bo");
    bo.change_phone(Some(phone));

    on(&scratch.pool()).users.insert(&ada).await.expect("SQLite keeps it");
    let kept = on_postgres(postgres.pool());
    for user in [&ada, &bo] {
        let refused = registering(kept.users.insert(user).await);
        assert_says(refused, "invalid byte sequence for encoding \"UTF8\": 0x00");
    }

    let users = count(postgres.pool(), "SELECT count(*) FROM users").await;
    assert_eq!(users, 0, "it is not kept without that character either");
}
// ANCHOR_END: nul

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn product_with_u0000_is_refused() {
    let postgres = Postgres::empty().await;
    let catalogue = PostgresCatalogue::new(postgres.pool().clone());
    let (sku, name) = ("te\0a".to_owned(), "Tea".to_owned());

    let inserted =
        catalogue.insert(&ProductRecord { sku, name, price_cents: 400 }).await;

    assert_says(inserting(inserted), "0x00");
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn closed_pool_is_a_storage_failure() {
    let postgres = Postgres::empty().await;
    let kept = on_postgres(postgres.pool());
    let ada = user(1, "Ada");
    let order = submitted(1, &ada);

    postgres.pool().close().await;

    let closed = "closed pool";
    assert_says(kept.users.find(ada.id()).await, closed);
    assert_says(kept.users.find_by_email(ada.email()).await, closed);
    assert_says(registering(kept.users.insert(&ada).await), closed);
    assert_says(updating(kept.users.update(&ada).await), closed);
    assert_says(kept.orders.find(order.id()).await, closed);
    assert_says(kept.orders.of_customer(order.customer()).await, closed);
    assert_says(inserting(kept.orders.insert(&order).await), closed);
    assert_says(updating(kept.orders.update(&order).await), closed);
}

/// What PostgreSQL refuses of an order: cocoa, and that it is paid.
const FULL: &str =
    "ALTER TABLE order_items ADD CONSTRAINT no_cocoa CHECK (sku <> 'cocoa');
     ALTER TABLE orders ADD CONSTRAINT not_paid CHECK (status <> 'paid');";

/// And that an item goes.
const LOCKED: &str = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'the items are locked'; END $$;
     CREATE TRIGGER locked BEFORE DELETE ON order_items
         FOR EACH ROW EXECUTE FUNCTION refuse();";

// ANCHOR: whole
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_is_inserted_whole_or_not_at_all() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let mut order = draft(1, &ada);
    add(&mut order, "cocoa", 500, 1);
    run(pool, FULL).await;

    let inserted = inserting(kept.orders.insert(&order).await);

    assert_says(inserted, "no_cocoa");
    assert_eq!(count(pool, ROWS).await, 0, "no row of it is there");
    kept.with_orders([&draft(1, &ada)]).await;
}
// ANCHOR_END: whole

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn order_is_updated_whole_or_not_at_all() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, bo) = on_postgres(pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut with_cocoa = draft(1, &bo);
    add(&mut with_cocoa, "cocoa", 500, 1);
    with_cocoa.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    let mut paid = draft(1, &bo);
    add(&mut paid, "air", 0, 1);
    paid.submit(datetime!(2026-11-24 09:00 UTC)).expect("it has items");
    paid.pay(datetime!(2026-11-24 09:10 UTC)).expect("it is submitted");
    run(pool, FULL).await;

    assert_says(updating(kept.orders.update(&with_cocoa).await), "no_cocoa");
    kept.assert_order(&order, "Ada's draft of two items, as before").await;
    assert_says(updating(kept.orders.update(&paid).await), "not_paid");
    kept.assert_order(&order, "Ada's draft of two items, as before").await;
    run(pool, LOCKED).await;
    let empty = Order::draft(order.id(), order.customer(), order.currency());
    assert_says(updating(kept.orders.update(&empty).await), "items are locked");
    kept.assert_order(&order, "Ada's draft of two items, as before").await;
}

/// Rows that PostgreSQL takes, and refuses when they are committed.
const TOO_LATE: &str = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
     CREATE CONSTRAINT TRIGGER full_users AFTER INSERT OR UPDATE ON users
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
     CREATE CONSTRAINT TRIGGER full_orders AFTER INSERT OR UPDATE ON orders
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();";

// ANCHOR: commit
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn failed_commit_is_a_storage_failure() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, bo) = on_postgres(pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    run(pool, TOO_LATE).await;

    let full = "the disk is full";
    assert_says(inserting(kept.orders.insert(&draft(2, &ada)).await), full);
    assert_says(updating(kept.orders.update(&submitted(1, &bo)).await), full);
    assert_says(registering(kept.users.insert(&user(3, "Cy")).await), full);
    assert_says(updating(kept.users.update(&user(1, "Ada L.")).await), full);

    kept.assert_order(&order, "what was not committed is not there").await;
    kept.assert_user(&ada, "nor of a user").await;
    assert_eq!(count(pool, ROWS).await, 3, "the draft and its two items");
}
// ANCHOR_END: commit
