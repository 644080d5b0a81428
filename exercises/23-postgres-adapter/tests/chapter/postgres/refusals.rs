//! What PostgreSQL refuses, and what the adapters make of it.

use crate::desk::{
    adapters::postgres::PostgresCatalogue,
    application::ports::{
        InsertError, InsertUserError, ProductRecord, ProductStore,
    },
    domain::{Name, Phone, User},
};
use sqlx::postgres::PgPoolOptions;

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
async fn after_a_refusal_the_same_connection_serves_the_next() {
    let postgres = Postgres::fresh().await;
    let options = postgres.url().parse().expect("its address");
    let one = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    let (kept, ada, _) = on_postgres(&one).with_customers().await;
    let kept = kept.with_orders([&submitted(1, &ada)]).await;

    let email = "eve@beans.example".parse().expect("an address");
    let eve = User::register(ada.id(), email, ada.name().clone(), None);
    let ada_again = kept.users.insert(&eve).await;
    let order_again = kept.orders.insert(&submitted(1, &ada)).await;
    let of_nobody = kept.orders.insert(&draft(2, &user(4, "Nobody"))).await;

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
    let next = submitted(3, &ada);
    let kept = kept.with_orders([&next]).await;
    kept.assert_order(&next, "nothing is left of the refusals").await;
}
// ANCHOR_END: serves_on

// ANCHOR: other_reasons
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn what_is_refused_for_another_reason_is_no_taken_id() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    run(
        pool,
        "ALTER TABLE users ADD CONSTRAINT full_users CHECK (name <> 'Cy');
         ALTER TABLE users ADD CONSTRAINT not_users_pkey CHECK (name <> 'Fay');
         ALTER TABLE users ADD CONSTRAINT not_users_email_key CHECK (name <> 'Gus');
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

    assert_says(registering(cy), "full_users");
    assert_says(inserting(order), "full_orders");
    assert_says(inserting(of_nobody), "orders_customer_id_fkey");
    assert_says(registering(ed), "one_phone");
    assert_says(registering(fay), "not_users_pkey");
    assert_says(registering(gus), "not_users_email_key");
}
// ANCHOR_END: other_reasons

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn an_item_that_is_there_already_is_no_taken_id() {
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
async fn an_address_that_somebody_else_has_is_no_update_of_nobody() {
    let postgres = Postgres::fresh().await;
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
async fn a_text_with_u0000_is_kept_by_sqlite_and_refused_by_postgresql() {
    let (scratch, postgres) = (Scratch::new(), Postgres::fresh().await);
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
async fn a_product_with_u0000_in_it_is_not_kept_either() {
    let postgres = Postgres::fresh().await;
    let catalogue = PostgresCatalogue::new(postgres.pool().clone());
    let (sku, name) = ("te\0a".to_owned(), "Tea".to_owned());

    let inserted =
        catalogue.insert(&ProductRecord { sku, name, price_cents: 400 }).await;

    assert_says(inserting(inserted), "0x00");
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn without_a_server_nothing_is_answered() {
    let postgres = Postgres::fresh().await;
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

/// No row of an order's third item is taken.
const FULL: &str =
    "ALTER TABLE order_items ADD CONSTRAINT the_disk_is_full CHECK (position < 2)";

// ANCHOR: whole
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn an_order_is_inserted_with_all_its_items_or_not_at_all() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let mut order = draft(1, &ada);
    add(&mut order, "cocoa", 500, 1);
    run(pool, FULL).await;

    let inserted = inserting(kept.orders.insert(&order).await);

    assert_says(inserted, "the_disk_is_full");
    assert_eq!(count(pool, ROWS).await, 0, "no row of it is there");
}
// ANCHOR_END: whole

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn an_order_is_updated_with_all_its_items_or_not_at_all() {
    let postgres = Postgres::fresh().await;
    let pool = postgres.pool();
    let (kept, ada, _) = on_postgres(pool).with_customers().await;
    let order = draft(1, &ada);
    let kept = kept.with_orders([&order]).await;
    let mut changed = order.clone();
    add(&mut changed, "cocoa", 500, 1);
    run(pool, FULL).await;

    let updated = updating(kept.orders.update(&changed).await);

    assert_says(updated, "the_disk_is_full");
    kept.assert_order(&order, "with two items, as before").await;
}
