//! What the staff sees of a user.

use axum::http::StatusCode;
use insta::assert_json_snapshot;
use testkit::{get, send};

use crate::{
    people::{ada, sign_up},
    service::app,
};

#[tokio::test]
async fn staff_response_has_staff_note() {
    let app = app();
    let path = sign_up(&app, ada()).await;

    let seen_by_staff = send(&app, get(&format!("/staff{path}"))).await;
    assert_eq!(seen_by_staff.status, StatusCode::OK);
    assert_json_snapshot!(seen_by_staff.json(), { ".id" => "[id]" }, @r#"
    {
      "email": "ada@beans.example",
      "id": "[id]",
      "name": "Ada",
      "phone": "+44 20 7946 0000",
      "staff_note": "new: check the address before the first order"
    }
    "#);
}

#[tokio::test]
async fn list_of_users_for_staff_is_404() {
    let answer = send(&app(), get("/staff/users")).await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND, "there is no such route");
}
