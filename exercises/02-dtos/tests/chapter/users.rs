//! A shop signs up with the order desk, and keeps its own data up to date.

use axum::http::{StatusCode, header};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::{get, patch, post, send};

use crate::{
    people::{ada, sign_up},
    service::app,
};

fn bo() -> Value {
    json!({ "email": "bo@beans.example", "name": "Bo" })
}

// ANCHOR: created
#[tokio::test]
async fn creating_a_user_answers_201_and_tells_where_it_is() {
    let app = app();
    let created = send(&app, post("/users", &ada())).await;

    assert_eq!(created.status, StatusCode::CREATED, "something new exists now");
    let location = created.header(header::LOCATION);
    assert_eq!(
        location,
        format!("/users/{}", created.json()["id"].as_str().unwrap_or("…"))
    );

    let read = send(&app, get(location)).await;
    assert_eq!((read.status, read.json()), (StatusCode::OK, created.json()));
}
// ANCHOR_END: created

// ANCHOR: leak
#[tokio::test]
async fn a_created_user_never_shows_its_internal_fields() {
    let app = app();
    let created = send(&app, post("/users", &ada())).await;

    assert_json_snapshot!(created.json(), { ".id" => "[id]" }, @r#"
    {
      "email": "ada@beans.example",
      "id": "[id]",
      "name": "Ada",
      "phone": "+44 20 7946 0000"
    }
    "#);
}
// ANCHOR_END: leak

#[tokio::test]
async fn reading_and_changing_a_user_show_no_internal_fields_either() {
    let app = app();
    let path = sign_up(&app, ada()).await;

    for request in [get(&path), patch(&path, &json!({}))] {
        let user = send(&app, request).await.json();
        assert_eq!(
            user.get("staff_note"),
            None,
            "the note is for the staff alone, but this shows it: {user}"
        );
    }
}

#[tokio::test]
async fn a_client_chooses_neither_its_id_nor_its_note() {
    let app = app();
    let mut greedy = ada();
    greedy["id"] = json!("admin");
    greedy["staff_note"] = json!("gets 50 % off");
    let path = sign_up(&app, greedy).await;

    assert_ne!(path, "/users/admin", "the service gives out ids");
    let note = send(&app, get(&format!("/staff{path}"))).await.json()["staff_note"]
        .clone();
    assert_eq!(note, "new: check the address before the first order");
}

// ANCHOR: required
#[rstest]
#[case::an_absent_email(json!({ "name": "Ada" }))]
#[case::an_absent_name(json!({ "email": "ada@beans.example" }))]
#[case::a_null_email(json!({ "email": null, "name": "Ada" }))]
#[case::a_null_name(json!({ "email": "ada@beans.example", "name": null }))]
#[case::an_empty_email(json!({ "email": "", "name": "Ada" }))]
#[case::an_empty_name(json!({ "email": "ada@beans.example", "name": "" }))]
#[case::an_empty_phone(json!({ "email": "ada@beans.example", "name": "Ada", "phone": "" }))]
#[tokio::test]
async fn a_user_is_not_created_from(#[case] body: Value) {
    let app = app();
    let answer = send(&app, post("/users", &body)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {body}");
}
// ANCHOR_END: required

#[rstest]
#[case::absent(json!({ "email": "bo@beans.example", "name": "Bo" }))]
#[case::null(json!({ "email": "bo@beans.example", "name": "Bo", "phone": null }))]
#[tokio::test]
async fn a_phone_number_may_be(#[case] body: Value) {
    let app = app();
    let path = sign_up(&app, body).await;

    let user = send(&app, get(&path)).await.json();
    assert_eq!(
        user.get("phone"),
        Some(&Value::Null),
        "no phone is shown as null: {user}"
    );
}

#[tokio::test]
async fn every_user_has_an_id_of_its_own() {
    let app = app();
    let (ada, bo) = (sign_up(&app, ada()).await, sign_up(&app, bo()).await);

    assert_ne!(ada, bo);
    assert_eq!(send(&app, get(&ada)).await.json()["name"], "Ada");
    assert_eq!(send(&app, get(&bo)).await.json()["name"], "Bo");
}

#[tokio::test]
async fn what_a_change_does_not_mention_stays_as_it_is() {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let changed = send(&app, patch(&path, &json!({ "name": "Ada L." }))).await;

    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(changed.json()["name"], "Ada L.");
    assert_eq!(
        changed.json()["phone"],
        "+44 20 7946 0000",
        "the change did not mention the phone"
    );
    assert_eq!(
        send(&app, get(&path)).await.json(),
        changed.json(),
        "the change is kept"
    );
}

#[tokio::test]
async fn a_phone_number_can_be_set_and_replaced() {
    let app = app();
    let path = sign_up(&app, bo()).await;

    for phone in ["+44 20 7946 0000", "+44 20 7946 0999"] {
        let changed = send(&app, patch(&path, &json!({ "phone": phone }))).await;

        assert_eq!(
            (changed.status, &changed.json()["phone"]),
            (StatusCode::OK, &json!(phone))
        );
        assert_eq!(
            send(&app, get(&path)).await.json(),
            changed.json(),
            "the change is kept"
        );
    }
}

// ANCHOR: null
#[tokio::test]
async fn null_removes_the_phone_number() {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let changed = send(&app, patch(&path, &json!({ "phone": null }))).await;

    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(
        changed.json()["phone"],
        Value::Null,
        "the client asked to remove it"
    );
    assert_eq!(
        changed.json()["name"],
        "Ada",
        "the change did not mention the name"
    );
    assert_eq!(
        send(&app, get(&path)).await.json(),
        changed.json(),
        "the change is kept"
    );
}
// ANCHOR_END: null

#[tokio::test]
async fn a_change_touches_nothing_but_name_and_phone() {
    let app = app();
    let path = sign_up(&app, ada()).await;
    let before = send(&app, get(&format!("/staff{path}"))).await.json();

    let greedy = json!({ "id": "admin", "email": "eve@beans.example", "staff_note": "gets 50 % off" });
    let changed = send(&app, patch(&path, &greedy)).await;

    assert_eq!(
        changed.status,
        StatusCode::OK,
        "what a client may not set is ignored"
    );
    let after = send(&app, get(&format!("/staff{path}"))).await.json();
    assert_eq!(after, before, "id, e-mail and note are not the client's to change");
}

#[rstest]
#[case::a_null_name(json!({ "name": null }))]
#[case::an_empty_name(json!({ "name": "" }))]
#[case::an_empty_phone(json!({ "phone": "" }))]
#[case::a_good_name_and_an_empty_phone(json!({ "name": "Eve", "phone": "" }))]
#[case::a_good_phone_and_an_empty_name(json!({ "name": "", "phone": "123" }))]
#[case::no_phone_and_a_null_name(json!({ "name": null, "phone": null }))]
#[tokio::test]
async fn a_user_is_not_changed_to(#[case] change: Value) {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let answer = send(&app, patch(&path, &change)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {change}");
    let user = send(&app, get(&path)).await.json();
    assert_eq!(
        (&user["name"], &user["phone"]),
        (&json!("Ada"), &json!("+44 20 7946 0000")),
        "nothing changed"
    );
}

#[rstest]
#[case::read("/users/nobody")]
#[case::read_by_staff("/staff/users/nobody")]
#[tokio::test]
async fn a_user_that_does_not_exist_is_404(#[case] path: &str) {
    let app = app();
    assert_eq!(
        send(&app, get(path)).await.status,
        StatusCode::NOT_FOUND,
        "there is no such user"
    );
}

#[tokio::test]
async fn changing_a_user_that_does_not_exist_is_404() {
    let app = app();
    let answer =
        send(&app, patch("/users/nobody", &json!({ "name": "Nobody" }))).await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such user");
}
