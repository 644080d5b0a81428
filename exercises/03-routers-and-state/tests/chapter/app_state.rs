//! Whoever builds an app decides what it shares, and with whom.

use std::{
    fs::{self, DirEntry},
    hint,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    beans::yirgacheffe,
    desk::{
        AppState, app,
        users::{self, UserStore},
    },
    people::{ada, sign_up},
};
use axum::{extract::FromRef, http::StatusCode};
use serde_json::json;
use testkit::{get, patch, post, send};

// ANCHOR: alone
#[tokio::test]
async fn users_router_works_on_user_store_alone() {
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

/// Another service, with users in a state of its own.
#[derive(Clone, Default)]
struct Shop {
    users: UserStore,
}

impl FromRef<Shop> for UserStore {
    fn from_ref(shop: &Shop) -> Self {
        shop.users.clone()
    }
}

#[tokio::test]
async fn users_router_works_on_any_state_with_user_store() {
    // All compile only as long as the router asks for no more than a `UserStore`.
    let services = [
        users::router().with_state(UserStore::default()),
        users::router().with_state(AppState::default()),
        users::router().with_state(Shop::default()),
    ];

    for service in services {
        let answer = send(&service, get("/users/nobody")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such user");
    }
}

#[tokio::test]
async fn users_router_serves_users_only() {
    let alone = users::router().with_state(UserStore::default());

    for path in
        ["/", "/health", "/products", "/products/x", "/users/", "/staff/users"]
    {
        assert_eq!(
            send(&alone, get(path)).await.status,
            StatusCode::NOT_FOUND,
            "{path} is no path of users"
        );
    }
}

/// The names of the files in a folder of this crate, and of those below it.
fn files(folder: &str) -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let entries = fs::read_dir(format!("{root}/{folder}")).expect("a folder");
    let entries = entries.map(|entry| entry.expect("an entry"));
    let below = |entry: DirEntry| {
        let name = format!("{folder}/{}", entry.file_name().display());
        if entry.path().is_dir() { files(&name) } else { vec![name] }
    };
    entries.flat_map(below).collect()
}

/// A file of this crate without its comments.
fn code(file: &str) -> String {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("a file of this crate");
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn user_store_has_private_fields() {
    let code = code("src/users.rs");
    let (_, store) = code.split_once("struct UserStore").expect("a struct");
    let fields = store.split([';', '}']).next().unwrap_or_default();

    assert!(
        !fields.contains("pub"),
        "a field of UserStore is not private: {fields}"
    );
}

// ANCHOR: side_by_side
#[tokio::test]
async fn apps_on_two_states_share_no_users() {
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
async fn apps_on_two_states_share_no_products() {
    let (here, there) = (app(AppState::default()), app(AppState::default()));

    send(&here, post("/products", &yirgacheffe())).await;

    let path = "/products/yirgacheffe-250";
    assert_eq!(
        send(&here, get(path)).await.status,
        StatusCode::OK,
        "it was created here"
    );
    assert_eq!(
        send(&there, get(path)).await.status,
        StatusCode::NOT_FOUND,
        "and not there"
    );
}

#[tokio::test]
async fn apps_on_one_state_share_users_and_products() {
    let state = AppState::default();
    let one = app(state.clone());
    let path = sign_up(&one, ada()).await;
    send(&one, post("/products", &yirgacheffe())).await;
    let other = app(state);

    send(&other, patch(&path, &json!({ "name": "Ada L." }))).await;

    let user = send(&one, get(&path)).await.json();
    assert_eq!(user["name"], "Ada L.", "the other app has changed the user");
    assert_eq!(
        send(&other, get("/products/yirgacheffe-250")).await.status,
        StatusCode::OK,
        "the product was created by the first app"
    );
}

/// Both clients go on at the same moment. The wait ends early when the other client has failed.
fn meet(mine: &AtomicUsize, other: &AtomicUsize) {
    let meeting = mine.fetch_add(1, Ordering::AcqRel);
    let start = Instant::now();
    while other.load(Ordering::Acquire) <= meeting
        && start.elapsed() < Duration::from_millis(10)
    {
        hint::spin_loop();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_at_the_same_time_are_all_kept() {
    let service = app(AppState::default());
    let path = sign_up(&service, ada()).await;
    let rounds = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    // In each round, both change the same user, each another field, and then read it.
    let client = |who: usize, field: &'static str| {
        let (service, path, rounds) =
            (service.clone(), path.clone(), rounds.clone());
        tokio::spawn(async move {
            let mut lost = 0;
            for round in 0..500 {
                let change = json!({ field: round.to_string() });
                let request = patch(&path, &change);
                meet(&rounds[who], &rounds[1 - who]);
                send(&service, request).await;
                let user = send(&service, get(&path)).await.json();
                lost += usize::from(user[field] != change[field]);
            }
            lost
        })
    };

    let (name, phone) = (client(0, "name"), client(1, "phone"));
    let lost = name.await.expect("a client") + phone.await.expect("a client");

    assert_eq!(lost, 0, "of 1000 changes, how many the next read does not show");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sign_ups_at_the_same_time_are_all_kept() {
    let service = app(AppState::default());
    let rounds = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let client = |who: usize| {
        let (service, rounds) = (service.clone(), rounds.clone());
        tokio::spawn(async move {
            let mut users = Vec::new();
            for round in 0..500 {
                let name = format!("{round} of client {who}");
                meet(&rounds[who], &rounds[1 - who]);
                let path = sign_up(
                    &service,
                    json!({ "email": "a@b.example", "name": name }),
                );
                users.push((path.await, name));
            }
            users
        })
    };

    let (one, other) = (client(0), client(1));
    let users =
        [one.await.expect("a client"), other.await.expect("a client")].concat();

    for (path, name) in users {
        let user = send(&service, get(&path)).await.json();
        assert_eq!(user["name"], name, "another user has the same id: {path}");
    }
}

#[test]
fn no_static_is_left() {
    for file in files("src").into_iter().filter(|file| file.ends_with(".rs")) {
        let code = code(&file);
        let word = |c: char| !c.is_alphanumeric() && c != '_' && c != '\'';
        let global =
            code.split(word).find(|word| ["static", "thread_local"].contains(word));

        assert_eq!(global, None, "{file} has a value that all apps share");
    }
}
