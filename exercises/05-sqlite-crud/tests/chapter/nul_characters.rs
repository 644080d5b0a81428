//! U+0000 in the texts of a product: SQLite's functions end a text there, and its columns keep all of it.

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;
use testkit::{get, post, send};

use crate::{
    catalogue::catalogue,
    service::{Scratch, app_on},
};

#[rstest]
#[case::in_the_middle("te\0a", "te%00a")]
#[case::in_front("\0tea", "%00tea")]
#[case::alone("\0", "%00")]
#[case::with_a_quote("'\0''", "'%00''")]
#[tokio::test]
async fn product_with_u0000_is_kept(#[case] text: &str, #[case] in_a_path: &str) {
    let scratch = Scratch::new();
    let desk = app_on(scratch.pool());
    let product = json!({ "sku": text, "name": text, "price_cents": 1 });

    let created = send(&desk, post("/products", &product)).await;

    assert_eq!(
        (created.status, created.json()),
        (StatusCode::CREATED, product.clone())
    );
    let path = format!("/products/{in_a_path}");
    assert_eq!(send(&desk, get(&path)).await.json(), product);
    assert_eq!(catalogue(&desk).await, json!([product]));
}
