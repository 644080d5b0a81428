//! What the order desk knows outlives the process that wrote it.

use axum::http::{Method, StatusCode, header};
use serde_json::json;
use testkit::{get, post, request, send};

use crate::{
    catalogue::catalogue,
    samples::{desk_with_tea, tea},
    service::{Scratch, app_on, open},
};

// ANCHOR: users_restart
#[tokio::test]
async fn users_survive_a_restart() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());
    let ada = json!({ "email": "ada@beans.example", "name": "Ada" });
    let created = send(&desk, post("/users", &ada)).await;
    let path = created.header(header::LOCATION).to_owned();
    pool.close().await;

    let pool = open(scratch.options()).await.expect("the same file");
    let read = send(&app_on(pool), get(&path)).await;

    assert_eq!(
        (read.status, read.json()),
        (StatusCode::OK, created.json()),
        "Ada signed up before the restart"
    );
}
// ANCHOR_END: users_restart

// ANCHOR: products_restart
#[tokio::test]
async fn products_survive_a_restart() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());
    send(&desk, post("/products", &tea())).await;
    pool.close().await;

    let pool = open(scratch.options()).await.expect("the same file");
    let after = catalogue(&app_on(pool)).await;

    assert_eq!(
        after,
        json!([tea()]),
        "the catalogue is the one from before the restart"
    );
}
// ANCHOR_END: products_restart

#[tokio::test]
async fn two_programs_on_one_file_share_products() {
    let scratch = Scratch::new();
    let other = app_on(scratch.pool());
    assert_eq!(catalogue(&other).await, json!([]));

    let one = desk_with_tea(&scratch.pool()).await;

    for desk in [&one, &other] {
        assert_eq!(send(desk, get("/products/tea")).await.json(), tea());
        assert_eq!(catalogue(desk).await, json!([tea()]));
    }

    send(&other, request(Method::DELETE, "/products/tea")).await;

    for desk in [&one, &other] {
        let gone = send(desk, get("/products/tea")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "one of them deleted it");
        assert_eq!(catalogue(desk).await, json!([]));
    }

    let dearer = json!({ "sku": "tea", "name": "Tea, finest", "price_cents": 900 });
    send(&other, post("/products", &dearer)).await;

    assert_eq!(send(&one, get("/products/tea")).await.json(), dearer);
}
