//! A client that is slow to send its request makes no other wait.

use std::time::Duration;

use axum::{
    Router,
    http::{Method, StatusCode},
};
use serde_json::json;
use testkit::{get, patch, post, send, slow};
use tokio::time::timeout;

use crate::{
    people::{ada, sign_up},
    service::app,
};

/// Holds that others can read and write users and products, of which the new one gets this sku.
async fn assert_others_are_served(app: &Router, user: &str, sku: &str) {
    let product = json!({ "sku": sku, "name": "Tea", "price_cents": 400 });
    for (request, status) in [
        (get(user), StatusCode::OK),
        (patch(user, &json!({ "name": "Ada L." })), StatusCode::OK),
        (post("/products", &product), StatusCode::CREATED),
        (get("/products"), StatusCode::OK),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(app, request).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
    }
}

#[tokio::test]
async fn slow_request_makes_no_other_wait() {
    let app = app();
    let ada = sign_up(&app, ada()).await;
    for (method, path, sku) in [
        (Method::POST, "/users", "tea-1"),
        (Method::PATCH, ada.as_str(), "tea-2"),
        (Method::POST, "/products", "tea-3"),
    ] {
        let what = format!("{method} {path}");
        let (request, is_waited_for) = slow(method, path);
        let client = app.clone();
        let mut slow = tokio::spawn(async move { send(&client, request).await });
        tokio::select! {
            answer = &mut slow => panic!("{what} is answered without its body: {answer:?}"),
            waits = is_waited_for => waits.expect("the service waits for the body"),
        }

        timeout(Duration::from_secs(2), assert_others_are_served(&app, &ada, sku))
            .await
            .unwrap_or_else(|_| {
                panic!("all wait until the body of {what} has come")
            });

        slow.abort();
    }
}
