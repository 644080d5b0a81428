//! Who registers, and with whose address.

use std::sync::Arc;

use crate::desk::{
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
    fixtures::{deactivate, sign_up},
    service::app,
};

fn body(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

#[tokio::test]
async fn a_taken_address_is_a_conflict() {
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
}

#[rstest]
#[case::in_capitals("ADA@BEANS.EXAMPLE")]
#[case::with_white_space(" ada@beans.example ")]
#[tokio::test]
async fn another_way_to_write_it_is_the_same_address(#[case] email: &str) {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve = send(&app, post("/users", &body("Eve", email))).await;

    assert_eq!(eve.status, StatusCode::CONFLICT, "{}", eve.body);
}

#[tokio::test]
async fn the_address_of_a_deactivated_user_stays_taken() {
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
async fn the_staff_finds_a_user_by_the_address(#[case] email: &str) {
    let app = app();
    let ada = sign_up(&app, "Ada").await;
    sign_up(&app, "Bo").await;

    let found = send(&app, get(&format!("/staff/users?email={email}"))).await;

    assert_eq!((found.status, &found.json()["id"]), (StatusCode::OK, &json!(ada)));
    assert_eq!(found.json()["active"], true, "as the staff sees a user");
}
// ANCHOR_END: staff

#[tokio::test]
async fn the_staff_finds_a_deactivated_user_as_well() {
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
async fn a_plus_in_an_address(#[case] email: &str, #[case] status: StatusCode) {
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
#[case::that_is_not_said("", StatusCode::BAD_REQUEST)]
#[tokio::test]
async fn nobody_is_found_by_an_address(
    #[case] query: &str,
    #[case] status: StatusCode,
) {
    let app = app();
    sign_up(&app, "Ada").await;

    let answer = send(&app, get(&format!("/staff/users{query}"))).await;

    assert_eq!(answer.status, status, "{}", answer.body);
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
async fn what_is_refused_for_another_reason_is_our_fault(
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
