//! What a page costs the database.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rstest::rstest;
use sqlx::{
    AssertSqlSafe, Row, SqlitePool,
    sqlite::{SqlitePoolOptions, SqliteRow},
};

use crate::{
    page::{open, stock},
    service::{Scratch, app_on},
};

// ANCHOR: plan
#[rstest]
#[case::offset(
    "SELECT sku, name, price_cents FROM products
     ORDER BY name, sku LIMIT 20 OFFSET 1000",
    "SCAN products"
)]
#[case::the_place(
    "SELECT sku, name, price_cents FROM products WHERE (name, sku) > ('Java', 'java')
     ORDER BY name, sku LIMIT 20",
    "SEARCH products"
)]
#[tokio::test]
async fn query_plan_uses_the_index(
    #[case] query: &'static str,
    #[case] plan: &str,
) {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
    let rows = sqlx::raw_sql(explain)
        .fetch_all(&Scratch::new().pool())
        .await
        .expect("rows");

    // Such as: SCAN products USING INDEX products_by_name. A second line would be a step that sorts.
    let lines: Vec<String> =
        rows.iter().map(|row: &SqliteRow| row.get("detail")).collect();
    assert!(
        lines.len() == 1
            && lines[0].starts_with(plan)
            && lines[0].contains("INDEX products_by_name"),
        "one step, {plan}, with the index products_by_name: {lines:?}"
    );
}
// ANCHOR_END: plan

/// A pool that counts the steps of SQLite.
fn counting(scratch: &Scratch, steps: &Arc<AtomicUsize>) -> SqlitePool {
    let steps = Arc::clone(steps);
    SqlitePoolOptions::new()
        .max_connections(1)
        .after_connect(move |connection, _| {
            let steps = Arc::clone(&steps);
            Box::pin(async move {
                let mut connection = connection.lock_handle().await?;
                connection.set_progress_handler(1, move || {
                    steps.fetch_add(1, Ordering::Relaxed);
                    true
                });
                Ok(())
            })
        })
        .connect_lazy_with(scratch.options())
}

// ANCHOR: steps
/// How many steps of SQLite the first page and the last page of a catalogue take.
async fn steps(products: u32) -> [usize; 2] {
    let scratch = Scratch::new();
    let steps = Arc::default();
    let pool = counting(&scratch, &steps);
    stock(&pool, products).await;
    let app = app_on(pool);

    let (mut path, mut counted) = ("/products?limit=100".to_owned(), Vec::new());
    loop {
        assert!(counted.len() < 30, "{products} products fill no 30 pages");
        open(&app, &path).await;
        steps.store(0, Ordering::Relaxed);
        let page = open(&app, &path).await;
        counted.push(steps.load(Ordering::Relaxed));
        match page.next {
            Some(next) => path = next,
            None => return [counted[0], counted[counted.len() - 1]],
        }
    }
}

#[tokio::test]
async fn page_cost_is_independent_of_position_and_catalogue_size() {
    let few = steps(200).await;
    let many = steps(2_000).await;

    for (page, few, many) in [("first", few[0], many[0]), ("last", few[1], many[1])]
    {
        assert!(
            many < 2 * few,
            "200 products: the {page} page takes {few} steps; 2000 products: it takes {many}"
        );
    }
}
// ANCHOR_END: steps

/// To count a whole table is one step for SQLite, however long it takes. To count what is behind a view takes a step for each row.
#[tokio::test]
async fn page_does_not_count_all_products() {
    let mut counted = Vec::new();
    for products in [200, 2_000] {
        let (scratch, steps) = (Scratch::new(), Arc::default());
        let pool = counting(&scratch, &steps);
        stock(&pool, products).await;
        let view = "ALTER TABLE products RENAME TO shelf;
                    CREATE VIEW products AS SELECT * FROM shelf WHERE length(sku) > 0";
        sqlx::raw_sql(view).execute(&pool).await.expect("a view");
        let app = app_on(pool);
        open(&app, "/products").await;

        steps.store(0, Ordering::Relaxed);
        open(&app, "/products").await;
        counted.push(steps.load(Ordering::Relaxed));
    }

    assert!(
        counted[1] < 2 * counted[0],
        "200 products: the first page takes {} steps; 2000 products: it takes {}",
        counted[0],
        counted[1]
    );
}
