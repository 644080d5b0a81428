//! A shop signs up with the order desk, and keeps its own data up to date.

use axum::{
    Router,
    http::{Method, StatusCode, header},
};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::{get, patch, post, request, send};

use crate::{
    people::{ada, seen_by_staff, sign_up},
    service::app,
};

fn bo() -> Value {
    json!({ "email": "bo@beans.example", "name": "Bo" })
}

#[tokio::test]
async fn created_user_is_201_with_location() {
    let app = app();
    let created = send(&app, post("/users", &ada())).await;

    assert_eq!(
        created.status,
        StatusCode::CREATED,
        "the status of the answer to POST /users"
    );
    let location = created.header(header::LOCATION);
    assert_eq!(
        location,
        format!("/users/{}", created.json()["id"].as_str().unwrap_or("…"))
    );

    let read = send(&app, get(location)).await;
    assert_eq!((read.status, read.json()), (StatusCode::OK, created.json()));
}

#[tokio::test]
async fn created_user_has_public_fields_only() {
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

#[tokio::test]
async fn read_and_changed_user_have_public_fields_only() {
    let app = app();
    let path = sign_up(&app, ada()).await;
    let mut public = ada();
    public["id"] = json!(path.trim_start_matches("/users/"));

    for request in [get(&path), patch(&path, &json!({})), patch(&path, &ada())] {
        let what = format!("the answer to {} {path}", request.method());
        assert_eq!(send(&app, request).await.json(), public, "{what}");
    }
}

#[rstest]
#[case::with_texts(json!({ "id": "admin", "staff_note": "gets 50 % off" }))]
#[case::with_other_types(json!({ "id": 7, "staff_note": null, "roles": ["admin"] }))]
#[case::with_numbers(json!({ "id": 7, "staff_note": 7 }))]
#[case::with_a_valid_id(json!({ "id": "018f3b5e-7f3a-7c4e-8b1a-2f6d9c0e4a11" }))]
#[tokio::test]
async fn other_fields_in_create_are_ignored(#[case] others: Value) {
    let app = app();
    let mut body = ada();
    for (name, value) in others.as_object().expect("fields") {
        body[name] = value.clone();
    }

    let created = send(&app, post("/users", &body)).await;

    assert_eq!(created.status, StatusCode::CREATED, "sent: {body}");
    let id = created.json()["id"].clone();
    assert_ne!(id, body["id"], "the service chooses the id");
    let path = format!("/users/{}", id.as_str().expect("an id is a text"));
    assert_eq!(
        seen_by_staff(&app, &path).await["staff_note"],
        "new: check the address before the first order",
        "the service writes the first note"
    );
}

#[rstest]
#[case::an_absent_email(json!({ "name": "Ada" }))]
#[case::an_absent_name(json!({ "email": "ada@beans.example" }))]
#[case::a_null_email(json!({ "email": null, "name": "Ada" }))]
#[case::a_null_name(json!({ "email": "ada@beans.example", "name": null }))]
#[case::an_empty_email(json!({ "email": "", "name": "Ada" }))]
#[case::an_empty_name(json!({ "email": "ada@beans.example", "name": "" }))]
#[case::an_empty_phone(json!({ "email": "ada@beans.example", "name": "Ada", "phone": "" }))]
#[case::an_empty_name_and_a_null_phone(json!({ "email": "ada@beans.example", "name": "", "phone": null }))]
#[tokio::test]
async fn invalid_new_user_is_422(#[case] body: Value) {
    let app = app();
    let answer = send(&app, post("/users", &body)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {body}");
}

#[rstest]
#[case::as_email(json!({ "email": 7, "name": "Ada" }))]
#[case::as_name(json!({ "email": "ada@beans.example", "name": 7 }))]
#[case::as_phone(json!({ "email": "ada@beans.example", "name": "Ada", "phone": 7 }))]
#[tokio::test]
async fn number_in_new_user_is_422(#[case] body: Value) {
    let app = app();
    let answer = send(&app, post("/users", &body)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {body}");
}

#[rstest]
#[case::absent(json!({ "email": "bo@beans.example", "name": "Bo" }))]
#[case::null(json!({ "email": "bo@beans.example", "name": "Bo", "phone": null }))]
#[tokio::test]
async fn phone_is_optional(#[case] body: Value) {
    let app = app();
    let created = send(&app, post("/users", &body)).await.json();
    let path = format!("/users/{}", created["id"].as_str().expect("an id"));

    let answers = [
        ("POST", created),
        ("GET", send(&app, get(&path)).await.json()),
        ("PATCH", send(&app, patch(&path, &json!({}))).await.json()),
        ("the GET of the staff", seen_by_staff(&app, &path).await),
    ];
    for (request, user) in answers {
        assert_eq!(
            user.get("phone"),
            Some(&Value::Null),
            "the answer to {request} shows no phone as null: {user}"
        );
    }
}

#[rstest]
#[case::one_letter("x")]
#[case::capitals_and_two_blanks("ADA  Łukasiewicz-O'Neill")]
#[case::another_script("エチオピア ☕")]
#[case::a_word_of_json("null")]
#[case::ten_thousand_letters("x".repeat(10_000))]
#[tokio::test]
async fn name_and_phone_are_kept_as_sent(#[case] text: String) {
    let app = app();
    let body = json!({ "email": "eve@beans.example", "name": text, "phone": text });
    let (eve, bo) = (sign_up(&app, body).await, sign_up(&app, bo()).await);
    changed(&app, &bo, json!({ "name": text, "phone": text })).await;

    for (path, way) in [(eve, "POST"), (bo, "PATCH")] {
        let user = send(&app, get(&path)).await.json();
        assert_eq!(
            (&user["name"], &user["phone"]),
            (&json!(text), &json!(text)),
            "name and phone, after a {way}"
        );
    }
}

#[tokio::test]
async fn each_user_has_a_distinct_id() {
    let app = app();
    let (ada, bo) = (sign_up(&app, ada()).await, sign_up(&app, bo()).await);

    assert_ne!(ada, bo);
    assert_eq!(send(&app, get(&ada)).await.json()["name"], "Ada");
    assert_eq!(send(&app, get(&bo)).await.json()["name"], "Bo");
}

/// What a change that has to be accepted makes of the user at this path: as it is answered, and as it is kept.
async fn changed(app: &Router, path: &str, change: Value) -> Value {
    let answer = send(app, patch(path, &change)).await;

    assert_eq!(answer.status, StatusCode::OK, "sent: {change}");
    assert_eq!(
        send(app, get(path)).await.json(),
        answer.json(),
        "the change is kept"
    );
    answer.json()
}

#[tokio::test]
async fn absent_fields_stay_unchanged() {
    let app = app();
    for user in [ada(), bo()] {
        let path = sign_up(&app, user.clone()).await;

        let changed = changed(&app, &path, json!({ "name": "Ada L." })).await;

        assert_eq!(changed["name"], "Ada L.");
        assert_eq!(
            changed["phone"], user["phone"],
            "the change did not mention the phone"
        );
    }
}

#[tokio::test]
async fn phone_can_be_set_and_replaced() {
    let app = app();
    let path = sign_up(&app, bo()).await;

    for phone in ["+44 20 7946 0000", "+44 20 7946 0999"] {
        let user = changed(&app, &path, json!({ "phone": phone })).await;

        assert_eq!(user["phone"], phone);
    }
}

#[tokio::test]
async fn null_removes_phone() {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let user = changed(&app, &path, json!({ "phone": null })).await;

    assert_eq!(user["phone"], Value::Null, "the client asked to remove it");
    assert_eq!(user["name"], "Ada", "the change did not mention the name");
}

#[tokio::test]
async fn change_of_phone_changes_nothing_else() {
    let app = app();
    let path = sign_up(&app, bo()).await;
    let before = seen_by_staff(&app, &path).await;

    for phone in [json!("+44 20 7946 0000"), Value::Null] {
        changed(&app, &path, json!({ "phone": phone })).await;

        let mut after = seen_by_staff(&app, &path).await;
        assert_eq!(after["phone"], phone, "as the staff sees it");
        after["phone"] = before["phone"].clone();
        assert_eq!(after, before, "the note of the staff among it");
    }
}

#[rstest]
#[case::to_another_phone(json!("+44 20 7946 0999"))]
#[case::to_no_phone(Value::Null)]
#[case::to_the_same_phone(json!("+44 20 7946 0000"))]
#[tokio::test]
async fn name_and_phone_change_together(#[case] phone: Value) {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let change = json!({ "name": "Ada L.", "phone": phone });
    let user = changed(&app, &path, change).await;

    assert_eq!((&user["name"], &user["phone"]), (&json!("Ada L."), &phone));
}

#[rstest]
#[case::with_texts(json!({ "id": "admin", "email": "eve@beans.example", "staff_note": "gets 50 % off" }))]
#[case::with_other_types(json!({ "id": 7, "email": null, "staff_note": ["gets 50 % off"] }))]
#[case::with_numbers(json!({ "id": 7, "email": 7, "staff_note": 7 }))]
#[case::with_an_empty_email(json!({ "email": "" }))]
#[case::with_a_valid_id(json!({ "id": "018f3b5e-7f3a-7c4e-8b1a-2f6d9c0e4a11" }))]
#[tokio::test]
async fn patch_changes_name_and_phone_only(#[case] mut change: Value) {
    let app = app();
    let (path, bo) = (sign_up(&app, ada()).await, sign_up(&app, bo()).await);
    let mut expected = seen_by_staff(&app, &path).await;
    let others = seen_by_staff(&app, &bo).await;
    change["name"] = json!("Ada L.");
    expected["name"] = json!("Ada L.");

    changed(&app, &path, change).await;

    assert_eq!(
        seen_by_staff(&app, &path).await,
        expected,
        "id, e-mail and note are not the client's to change"
    );
    assert_eq!(seen_by_staff(&app, &bo).await, others, "Bo was not changed");
}

#[rstest]
#[case::a_null_name(json!({ "name": null }))]
#[case::an_empty_name(json!({ "name": "" }))]
#[case::an_empty_phone(json!({ "phone": "" }))]
#[case::a_good_name_and_an_empty_phone(json!({ "name": "Eve", "phone": "" }))]
#[case::a_good_phone_and_an_empty_name(json!({ "name": "", "phone": "123" }))]
#[case::no_phone_and_a_null_name(json!({ "name": null, "phone": null }))]
#[case::no_phone_and_an_empty_name(json!({ "name": "", "phone": null }))]
#[case::a_number_as_name(json!({ "name": 7 }))]
#[case::a_number_as_phone(json!({ "phone": 7 }))]
#[tokio::test]
async fn invalid_change_is_422_and_changes_nothing(#[case] change: Value) {
    let app = app();
    let path = sign_up(&app, ada()).await;
    let before = seen_by_staff(&app, &path).await;

    let answer = send(&app, patch(&path, &change)).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "sent: {change}");
    assert_eq!(seen_by_staff(&app, &path).await, before, "nothing changed");
    changed(&app, &path, json!({ "name": "Ada L." })).await;
}

#[rstest]
#[case::nobody("nobody")]
#[case::an_id_that_was_never_given_out("01a20add-41fd-77b4-9a14-b73987763797")]
#[tokio::test]
async fn unknown_user_is_404(#[case] id: &str) {
    let app = app();
    let change = json!({ "name": "Nobody" });
    let (path, of_staff) = (format!("/users/{id}"), format!("/staff/users/{id}"));
    // Read once more after the change: it creates nobody.
    for request in [
        get(&path),
        get(&of_staff),
        patch(&path, &change),
        get(&path),
        get(&of_staff),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(&app, request).await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{what}: there is no such user"
        );
    }
}

#[rstest]
#[case::all_users_with_a_slash("/users/")]
#[case::a_user_with_a_slash("/users/x/")]
#[case::the_phone_of_a_user("/users/x/phone")]
#[case::the_staff("/staff")]
#[case::the_note_of_a_user("/staff/users/x/note")]
#[case::a_user_for_the_staff_with_a_slash("/staff/users/x/")]
#[tokio::test]
async fn other_path_of_users_is_404(#[case] path: &str) {
    for method in [Method::GET, Method::POST, Method::PATCH] {
        let answer = send(&app(), request(method.clone(), path)).await;

        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{method} {path}: there is no such route"
        );
    }
}

#[rstest]
#[case::all_users("/users", &["GET", "PUT", "PATCH", "DELETE"])]
#[case::a_user("/users/x", &["POST", "PUT", "DELETE"])]
#[case::a_user_for_the_staff("/staff/users/x", &["POST", "PUT", "PATCH", "DELETE"])]
#[tokio::test]
async fn other_method_on_users_is_405(
    #[case] path: &str,
    #[case] methods: &[&str],
) {
    for name in methods {
        let method: Method = name.parse().expect("a method");
        let answer = send(&app(), request(method, path)).await;
        assert_eq!(
            answer.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "the answer to {name} {path}"
        );
    }
}
