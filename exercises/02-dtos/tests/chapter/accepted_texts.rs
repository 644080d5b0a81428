//! Which texts may be an e-mail address, a name or a phone number: all but the empty one.

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;
use testkit::{get, patch, post, send};

use crate::{
    people::{ada, sign_up},
    service::app,
};

#[rstest]
#[case::no_at_sign("ada")]
#[case::capitals("Ada@Beans.Example")]
#[case::white_space_around_it(" ada@beans.example\t")]
#[case::white_space_alone(" ")]
#[case::another_script("アダ@豆.example")]
#[case::a_nul_in_it("A\0da")]
#[case::a_thousand_letters("x".repeat(1_000))]
#[tokio::test]
async fn any_text_is_kept_as_sent(#[case] text: String) {
    let app = app();
    let user = json!({ "email": text, "name": text, "phone": text });

    let created = send(&app, post("/users", &user)).await;

    assert_eq!(created.status, StatusCode::CREATED, "sent: {user}");
    let path = format!("/users/{}", created.json()["id"].as_str().expect("an id"));
    let mut expected = user;
    expected["id"] = created.json()["id"].clone();
    assert_eq!(send(&app, get(&path)).await.json(), expected);

    let bo =
        sign_up(&app, json!({ "email": "bo@beans.example", "name": "Bo" })).await;
    let change = json!({ "name": text, "phone": text });
    let changed = send(&app, patch(&bo, &change)).await.json();
    assert_eq!((&changed["name"], &changed["phone"]), (&json!(text), &json!(text)));
}

#[tokio::test]
async fn users_with_one_email_are_two_users() {
    let app = app();
    let mut eve = ada();
    eve["name"] = json!("Eve");

    let (first, second) = (sign_up(&app, ada()).await, sign_up(&app, eve).await);

    assert_ne!(first, second, "each has an id of its own");
    assert_eq!(send(&app, get(&first)).await.json()["name"], "Ada");
    assert_eq!(send(&app, get(&second)).await.json()["name"], "Eve");
}
