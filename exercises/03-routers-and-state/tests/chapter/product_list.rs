//! In which order the catalogue lists its products.

use serde_json::json;
use testkit::{get, post, send};

use crate::{beans::yirgacheffe, service::app};

#[tokio::test]
async fn product_list_is_ordered_by_sku() {
    let app = app();
    assert_eq!(send(&app, get("/products")).await.json(), json!([]));

    let antigua = json!({ "sku": "antigua-1000", "name": "Antigua, 1 kg", "price_cents": 2900 });
    send(&app, post("/products", &yirgacheffe())).await;
    send(&app, post("/products", &antigua)).await;

    assert_eq!(
        send(&app, get("/products")).await.json(),
        json!([antigua, yirgacheffe()])
    );
}
