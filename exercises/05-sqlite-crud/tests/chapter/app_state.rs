//! Whoever builds an app decides what it shares, and with whom.

use axum::http::StatusCode;
use serde_json::json;
use testkit::{get, patch, post, send};

use crate::{
    desk::app,
    service::{Scratch, app_on, state_on},
    users_router,
};

// ANCHOR: side_by_side
#[tokio::test]
async fn two_apps_side_by_side_share_no_users() {
    let (ours, theirs) = (Scratch::new(), Scratch::new());
    let here = app_on(ours.pool());
    let there = app_on(theirs.pool());

    let ada = send(
        &here,
        post("/users", &json!({ "email": "ada@beans.example", "name": "Ada" })),
    )
    .await;
    let path = format!(
        "/users/{}",
        ada.json()["id"].as_str().expect("a new user has an id")
    );

    assert_eq!(
        send(&here, get(&path)).await.status,
        StatusCode::OK,
        "Ada signed up here"
    );
    assert_eq!(
        send(&there, get(&path)).await.status,
        StatusCode::NOT_FOUND,
        "nobody signed up there"
    );
}
// ANCHOR_END: side_by_side

#[tokio::test]
async fn two_apps_side_by_side_share_no_products() {
    let (ours, theirs) = (Scratch::new(), Scratch::new());
    let here = app_on(ours.pool());
    let there = app_on(theirs.pool());

    send(
        &here,
        post("/products", &json!({ "sku": "x", "name": "X", "price_cents": 1 })),
    )
    .await;

    assert_eq!(
        send(&here, get("/products/x")).await.status,
        StatusCode::OK,
        "it was created here"
    );
    assert_eq!(
        send(&there, get("/products/x")).await.status,
        StatusCode::NOT_FOUND,
        "and not there"
    );
}

#[tokio::test]
async fn two_apps_on_one_state_share_its_users() {
    let scratch = Scratch::new();
    let state = state_on(scratch.pool());
    let (one, other) = (app(state.clone()), app(state));

    let ada = send(
        &one,
        post("/users", &json!({ "email": "ada@beans.example", "name": "Ada" })),
    )
    .await;
    let path = format!(
        "/users/{}",
        ada.json()["id"].as_str().expect("a new user has an id")
    );

    assert_eq!(
        send(&other, get(&path)).await.status,
        StatusCode::OK,
        "both were given the same state"
    );
}

// ANCHOR: alone
#[tokio::test]
async fn users_router_works_alone() {
    let scratch = Scratch::new();
    let alone = users_router::alone(scratch.pool());

    let ada = json!({ "email": "ada@beans.example", "name": "Ada" });
    let ada = send(&alone, post("/users", &ada)).await;

    assert_eq!(
        ada.status,
        StatusCode::CREATED,
        "users::router() serves POST /users"
    );
    let id = ada.json()["id"].as_str().expect("a new user has an id").to_owned();
    for request in [
        get(&format!("/users/{id}")),
        patch(&format!("/users/{id}"), &json!({ "name": "Ada L." })),
        get(&format!("/staff/users/{id}")),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        assert_eq!(send(&alone, request).await.status, StatusCode::OK, "{what}");
    }
}
// ANCHOR_END: alone

#[tokio::test]
async fn users_router_fits_the_whole_state() {
    let scratch = Scratch::new();
    // Both compile only as long as the router asks for no more than it needs.
    let services = [
        users_router::alone(scratch.pool()),
        users_router::in_the_state(scratch.pool()),
    ];

    for service in services {
        let answer = send(&service, get("/users/nobody")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such user");
    }
}

#[tokio::test]
async fn two_apps_on_one_state_share_its_products() {
    let scratch = Scratch::new();
    let state = state_on(scratch.pool());
    let (one, other) = (app(state.clone()), app(state));

    send(
        &one,
        post("/products", &json!({ "sku": "x", "name": "X", "price_cents": 1 })),
    )
    .await;

    assert_eq!(
        send(&other, get("/products/x")).await.status,
        StatusCode::OK,
        "both were given the same state"
    );
}

#[tokio::test]
async fn users_router_serves_users_only() {
    let scratch = Scratch::new();
    let alone = users_router::alone(scratch.pool());

    for path in ["/health", "/products"] {
        assert_eq!(
            send(&alone, get(path)).await.status,
            StatusCode::NOT_FOUND,
            "{path} is another feature's"
        );
    }
}
