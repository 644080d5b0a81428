//! The catalogue lists its products by their sku, as SQLite compares text: byte by byte.

use serde_json::json;
use testkit::{post, send};

use crate::{
    catalogue::catalogue,
    service::{Scratch, app_on},
};

#[tokio::test]
async fn product_list_is_ordered_by_sku() {
    let scratch = Scratch::new();
    let desk = app_on(scratch.backwards());
    let ordered = ["10", "9", "Tea", "mate", "tea", "tea-250", "Äthiopien", "☕"];

    // Other orders are those of the names, and of when each was created.
    for (n, sku) in [3, 0, 6, 4, 1, 7, 5, 2].into_iter().map(|n| (n, ordered[n])) {
        let name = format!("Tea {}", 7 - n);
        let product = json!({ "sku": sku, "name": name, "price_cents": 990 });
        send(&desk, post("/products", &product)).await;
    }

    let listed = catalogue(&desk).await;
    let products = listed.as_array().expect("a list");
    let skus: Vec<_> = products.iter().map(|product| &product["sku"]).collect();
    assert_eq!(skus, ordered);
}

#[tokio::test]
async fn product_list_has_no_limit() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let shelf = "WITH RECURSIVE shelf (number) AS
                     (SELECT 1 UNION ALL SELECT number + 1 FROM shelf WHERE number < 1500)
                 INSERT INTO products (sku, name, price_cents)
                     SELECT number, 'House blend', 990 FROM shelf";
    sqlx::raw_sql(shelf).execute(&pool).await.expect("products");

    let listed = catalogue(&app_on(pool)).await;

    assert_eq!(listed.as_array().map(Vec::len), Some(1500), "how many are listed");
}
