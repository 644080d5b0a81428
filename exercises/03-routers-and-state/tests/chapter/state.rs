//! Whoever builds an app decides what it shares, and with whom.

use crate::desk::{
    AppState, app,
    users::{self, UserStore},
};
use axum::http::StatusCode;
use serde_json::json;
use testkit::{get, patch, post, send};

// ANCHOR: alone
#[tokio::test]
async fn the_users_router_works_alone_on_a_store_of_its_own() {
    let alone = users::router().with_state(UserStore::default());

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

// ANCHOR: side_by_side
#[tokio::test]
async fn two_apps_side_by_side_share_no_users() {
    let (here, there) = (app(AppState::default()), app(AppState::default()));

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
    let (here, there) = (app(AppState::default()), app(AppState::default()));

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
    let state = AppState::default();
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

#[tokio::test]
async fn the_users_router_fits_every_state_that_has_users_in_it() {
    // Both compile only as long as the router asks for no more than a `UserStore`.
    let services = [
        users::router().with_state(UserStore::default()),
        users::router().with_state(AppState::default()),
    ];

    for service in services {
        let answer = send(&service, get("/users/nobody")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such user");
    }
}

#[tokio::test]
async fn the_users_router_serves_users_and_nothing_else() {
    let alone = users::router().with_state(UserStore::default());

    for path in ["/health", "/products"] {
        assert_eq!(
            send(&alone, get(path)).await.status,
            StatusCode::NOT_FOUND,
            "{path} is another feature's"
        );
    }
}
