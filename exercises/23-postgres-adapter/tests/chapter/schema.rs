//! What the tables are, asked of PostgreSQL.

use crate::postgres::{Postgres, run};

async fn all(postgres: &Postgres, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(postgres.pool()).await.expect("a catalogue")
}

// ANCHOR: columns
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn columns_have_their_types_and_are_not_null() {
    let postgres = Postgres::empty().await;

    let columns = all(
        &postgres,
        "SELECT format('%s.%s %s%s', class.relname, attname, format_type(atttypid, atttypmod),
             CASE WHEN attnotnull THEN ' NOT NULL' END)
         FROM pg_attribute JOIN pg_class class ON class.oid = attrelid
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_sqlx_migrations'
             AND attnum > 0 AND NOT attisdropped
         ORDER BY relname, attname",
    )
    .await;
    // A VARCHAR without a length is a TEXT, and microseconds are what a TIMESTAMPTZ has.
    let columns: Vec<String> = columns
        .into_iter()
        .map(|column| {
            column
                .replace("character varying NOT", "text NOT")
                .replace("timestamp(6)", "timestamp")
        })
        .collect();

    assert_eq!(
        columns,
        [
            "order_items.name text NOT NULL",
            "order_items.order_id uuid NOT NULL",
            "order_items.position bigint NOT NULL",
            "order_items.quantity bigint NOT NULL",
            "order_items.sku text NOT NULL",
            "order_items.unit_price_cents bigint NOT NULL",
            "orders.cancelled_at timestamp with time zone",
            "orders.customer_id uuid NOT NULL",
            "orders.id uuid NOT NULL",
            "orders.paid_at timestamp with time zone",
            "orders.shipped_at timestamp with time zone",
            "orders.status text NOT NULL",
            "orders.submitted_at timestamp with time zone",
            "products.name text NOT NULL",
            "products.price_cents bigint NOT NULL",
            "products.sku text NOT NULL",
            "users.active boolean NOT NULL",
            "users.email text NOT NULL",
            "users.id uuid NOT NULL",
            "users.name text NOT NULL",
            "users.phone text",
            "users.staff_note text NOT NULL",
        ]
    );
}
// ANCHOR_END: columns

// ANCHOR: keys
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn tables_have_their_keys_and_indexes() {
    let postgres = Postgres::empty().await;

    let keys = all(
        &postgres,
        "SELECT format('%s: %s (%s)', indrelid::regclass,
             CASE WHEN indisprimary THEN 'PRIMARY KEY'
                 WHEN relname IN ('products_by_name', 'orders_by_customer') THEN 'INDEX ' || relname
                 WHEN indisunique THEN 'UNIQUE' END,
             (SELECT string_agg(attname, ', ' ORDER BY place)
              FROM unnest(indkey::int[]) WITH ORDINALITY part (number, place)
              JOIN pg_attribute ON attrelid = indrelid AND attnum = number
              WHERE place <= indnkeyatts))
         FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE relnamespace = 'public'::regnamespace AND indpred IS NULL
         UNION ALL
         SELECT format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND contype = 'f'",
    )
    .await;

    for expected in [
        "users: PRIMARY KEY (id)",
        "users: UNIQUE (email)",
        "products: PRIMARY KEY (sku)",
        "products: INDEX products_by_name (name, sku)",
        "orders: PRIMARY KEY (id)",
        "orders: INDEX orders_by_customer (customer_id, id)",
        "orders: FOREIGN KEY (customer_id) REFERENCES users(id)",
        "order_items: PRIMARY KEY (order_id, position)",
        "order_items: FOREIGN KEY (order_id) REFERENCES orders(id)",
    ] {
        let is_there = keys.iter().any(|key| key.starts_with(expected));
        assert!(is_there, "{expected} is missing in {keys:#?}");
    }
}
// ANCHOR_END: keys

// ANCHOR: customer
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn user_with_orders_cannot_be_deleted() {
    let postgres = Postgres::empty().await;
    run(
        postgres.pool(),
        "INSERT INTO users (id, email, name, staff_note, active)
             VALUES ('01a20add-41fd-77b4-9a14-b73987763797', 'ada@beans.example', 'Ada', '', '1');
         INSERT INTO orders (id, customer_id, status)
             VALUES ('01a20add-4264-76c5-b3a7-83fd3964575d', '01a20add-41fd-77b4-9a14-b73987763797', 'draft');",
    )
    .await;

    let deleted = sqlx::raw_sql("DELETE FROM users").execute(postgres.pool()).await;

    let error =
        deleted.expect_err("an order is somebody's, as on SQLite").to_string();
    assert!(error.contains("orders_customer_id_fkey"), "{error}");
    let orders = all(&postgres, "SELECT status FROM orders").await;
    assert_eq!(orders, ["draft"], "and the order is still there");
}
// ANCHOR_END: customer
