//! Who registers, and with whose address.

use std::sync::Arc;

use crate::desk::{
    self, AppState,
    adapters::{in_memory::InMemoryUsers, system::RandomIds},
    application::{
        Accounts, RegisterUserError,
        ports::{InsertUserError, StorageError, UpdateError, UserRepository},
    },
    domain::{Email, User, UserId},
};
use async_trait::async_trait;
use axum::http::StatusCode;
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::{get, post, send};

use crate::{
    desk_in_memory::somebody,
    fakes::Broken,
    fixtures::{deactivate, sign_up},
    service::{Scratch, app, state_on},
};

fn body(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

#[tokio::test]
async fn duplicate_email_is_409() {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve = send(&app, post("/users", &body("Eve", "ada@beans.example"))).await;

    assert_eq!(eve.status, StatusCode::CONFLICT, "{}", eve.body);
    assert_json_snapshot!(eve.json(), @r#"
    {
      "detail": "There is an account with this e-mail address already",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    let staff = send(&app, get("/staff/users?email=ada@beans.example")).await;
    assert_eq!(staff.json()["name"], "Ada", "the account is still Ada's");
    sign_up(&app, "Bo").await;
}

#[rstest]
#[case::in_capitals("ADA@BEANS.EXAMPLE")]
#[case::with_white_space(" \t\u{a0}Ada@beans.example\n")]
#[tokio::test]
async fn duplicate_email_in_other_letters_is_409(#[case] email: &str) {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve = send(&app, post("/users", &body("Eve", email))).await;

    assert_eq!(eve.status, StatusCode::CONFLICT, "{}", eve.body);
}

/// What is one character off, and what `LIKE` would find.
#[rstest]
#[case::with_a_tag("ada+tea@beans.example")]
#[case::with_a_dot("a.da@beans.example")]
#[case::longer("ada@beans.example.org")]
#[case::shorter("da@beans.example")]
#[case::with_an_underscore("ad_@beans.example")]
#[case::with_a_percent_sign("%@beans.example")]
#[tokio::test]
async fn similar_email_has_an_account_of_its_own(#[case] email: &str) {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve = send(&app, post("/users", &body("Eve", email))).await;

    assert_eq!(eve.status, StatusCode::CREATED, "{}", eve.body);
    assert_eq!(eve.json()["email"], email);
}

#[tokio::test]
async fn email_of_deactivated_user_is_409() {
    let app = app();
    let ada = sign_up(&app, "Ada").await;
    send(&app, deactivate(&ada)).await;

    let again = send(&app, post("/users", &body("Ada", "ada@beans.example"))).await;

    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
}

// ANCHOR: staff
#[rstest]
#[case::as_it_is("ada@beans.example")]
#[case::in_capitals("ADA@BEANS.EXAMPLE")]
#[case::with_white_space("%20ada@beans.example%20")]
#[tokio::test]
async fn staff_finds_user_by_email(#[case] email: &str) {
    let app = app();
    let ada = sign_up(&app, "Ada").await;
    sign_up(&app, "Bo").await;

    let found = send(&app, get(&format!("/staff/users?email={email}"))).await;

    assert_eq!((found.status, &found.json()["id"]), (StatusCode::OK, &json!(ada)));
    assert_eq!(found.json()["active"], true, "as the staff sees a user");
}
// ANCHOR_END: staff

#[tokio::test]
async fn staff_finds_deactivated_user_by_email() {
    let app = app();
    let ada = sign_up(&app, "Ada").await;
    send(&app, deactivate(&ada)).await;

    let found = send(&app, get("/staff/users?email=ada@beans.example")).await;

    assert_eq!(
        (&found.json()["id"], &found.json()["active"]),
        (&json!(ada), &json!(false))
    );
}

// ANCHOR: plus
#[rstest]
#[case::written_as_the_query_wants_it("ada%2Btea@beans.example", StatusCode::OK)]
#[case::that_is_white_space_in_a_query(
    "ada+tea@beans.example",
    StatusCode::NOT_FOUND
)]
#[tokio::test]
async fn plus_in_a_query_is_a_blank(
    #[case] email: &str,
    #[case] status: StatusCode,
) {
    let app = app();
    let ada = post("/users", &body("Ada", "ada+tea@beans.example"));
    assert_eq!(send(&app, ada).await.status, StatusCode::CREATED);

    let found = send(&app, get(&format!("/staff/users?email={email}"))).await;

    assert_eq!(found.status, status, "{}", found.body);
}
// ANCHOR_END: plus

#[rstest]
#[case::of_nobody("?email=nobody@beans.example", StatusCode::NOT_FOUND)]
#[case::that_is_none("?email=nobody", StatusCode::NOT_FOUND)]
#[case::that_is_empty("?email=", StatusCode::NOT_FOUND)]
#[case::that_like_would_find("?email=%25@beans.example", StatusCode::NOT_FOUND)]
#[case::that_a_glob_would_find("?email=*@beans.example", StatusCode::NOT_FOUND)]
#[case::that_is_not_said("", StatusCode::BAD_REQUEST)]
#[tokio::test]
async fn email_without_account_finds_no_user(
    #[case] query: &str,
    #[case] status: StatusCode,
) {
    let app = app();
    sign_up(&app, "Ada").await;

    let answer = send(&app, get(&format!("/staff/users{query}"))).await;

    assert_eq!(answer.status, status, "{}", answer.body);
}

#[tokio::test]
async fn failing_storage_is_500_for_who_looks_for_an_email() {
    let scratch = Scratch::new();
    let accounts = Accounts::new(Arc::new(Broken), Arc::new(RandomIds));
    let app = desk::app(AppState { accounts, ..state_on(scratch.pool()) });

    for request in [
        get("/staff/users?email=ada@beans.example"),
        post("/users", &body("Ada", "ada@beans.example")),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(&app, request).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
    }
}

/// Users in memory, where somebody with the same address is quicker, and an insert fails for another reason.
#[derive(Debug)]
struct Refusing {
    users: InMemoryUsers,
    why: fn() -> InsertUserError,
}

#[async_trait]
impl UserRepository for Refusing {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        self.users.find(id).await
    }

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        self.users.find_by_email(email).await
    }

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        self.users.insert(user).await?;
        Err((self.why)())
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        self.users.update(user).await
    }
}

// ANCHOR: our_fault
#[rstest]
#[case::the_id_is_taken(|| InsertUserError::SameId)]
#[case::the_disk_is_full(|| StorageError::new("the disk is full").into())]
#[tokio::test]
async fn other_insert_error_is_a_storage_failure(
    #[case] why: fn() -> InsertUserError,
) {
    let users = Refusing { users: InMemoryUsers::default(), why };
    let accounts = Accounts::new(Arc::new(users), Arc::new(RandomIds));

    let registered = accounts.register(somebody("Ada")).await;

    assert!(
        matches!(registered, Err(RegisterUserError::Storage(_))),
        "only what `insert` says counts, and it says nothing of the address: {registered:?}"
    );
}
// ANCHOR_END: our_fault
