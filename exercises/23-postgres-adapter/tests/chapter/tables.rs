//! What the tables are, asked of PostgreSQL.

use crate::postgres::Postgres;

async fn all(postgres: &Postgres, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(postgres.pool()).await.expect("a catalogue")
}

// ANCHOR: null
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn only_what_may_be_missing_may_be_null() {
    let postgres = Postgres::fresh().await;

    let nullable = all(
        &postgres,
        "SELECT table_name || '.' || column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations' AND is_nullable = 'YES'
         ORDER BY 1",
    )
    .await;

    assert_eq!(
        nullable,
        [
            "orders.cancelled_at",
            "orders.paid_at",
            "orders.shipped_at",
            "orders.submitted_at",
            "users.phone"
        ]
    );
}
// ANCHOR_END: null

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn the_database_knows_what_belongs_together_and_what_is_there_once() {
    let postgres = Postgres::fresh().await;

    let constraints = all(
        &postgres,
        "SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace",
    )
    .await;

    for expected in [
        "users: PRIMARY KEY (id)",
        "users: UNIQUE (email)",
        "products: PRIMARY KEY (sku)",
        "orders: PRIMARY KEY (id)",
        "orders: FOREIGN KEY (customer_id) REFERENCES users(id)",
        "order_items: PRIMARY KEY (order_id, \"position\")",
        "order_items: FOREIGN KEY (order_id) REFERENCES orders(id)",
    ] {
        let is_there = constraints.iter().any(|one| one.starts_with(expected));
        assert!(is_there, "{expected} is missing in {constraints:#?}");
    }
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_page_and_the_orders_of_a_customer_are_read_from_an_index() {
    let postgres = Postgres::fresh().await;

    let indexes = all(
        &postgres,
        "SELECT indexdef FROM pg_indexes WHERE indexname IN ('products_by_name', 'orders_by_customer')
         ORDER BY indexname",
    )
    .await;

    assert_eq!(
        indexes,
        [
            "CREATE INDEX orders_by_customer ON public.orders USING btree (customer_id, id)",
            "CREATE INDEX products_by_name ON public.products USING btree (name, sku)"
        ]
    );
}
