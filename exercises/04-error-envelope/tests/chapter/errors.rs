//! Whatever the service refuses, it refuses with a problem document.

use std::{collections::HashMap, error::Error, fmt, io};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
    routing::{MethodRouter, get as on_get, post as on_post},
};
use insta::assert_json_snapshot;
use rstest::rstest;
use serde::Deserialize;
use serde_json::{Value, json};
use testkit::{Answer, Log, get, patch, post, request, send, with_json};

use crate::{
    envelope::{ApiError, Json, Path, Query, invalid, with_error_envelope},
    service::app,
};

// ANCHOR: is_a_problem
/// Holds what every refusal has in common, and gives the document for the rest.
#[track_caller]
fn problem(answer: &Answer, status: StatusCode) -> Value {
    assert_eq!(answer.status, status, "the body: {:?}", answer.body);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/problem+json",
        "a refusal is a problem document, but the body is {:?}",
        answer.body
    );
    let problem = answer.json();
    assert_eq!(
        (&problem["type"], &problem["title"], &problem["status"]),
        (
            &json!("about:blank"),
            &json!(status.canonical_reason()),
            &json!(status.as_u16())
        ),
        "type, title and status belong to the status of the response: {problem}"
    );
    problem
}
// ANCHOR_END: is_a_problem

/// A request whose body says that it is JSON, whatever it is.
fn raw(method: Method, path: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = with_json(method, path, &Value::Null);
    *request.body_mut() = body.into();
    request
}

fn without_content_type(mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().remove(header::CONTENT_TYPE);
    request
}

fn ada() -> Value {
    json!({ "email": "ada@beans.example", "name": "Ada" })
}

// ANCHOR: table
#[rstest]
#[case::malformed_json(raw(Method::POST, "/users", "{"), 400)]
#[case::no_body(raw(Method::POST, "/users", ""), 400)]
#[case::malformed_json_in_a_change(raw(Method::PATCH, "/users/x", "{"), 400)]
#[case::malformed_json_of_a_product(raw(Method::POST, "/products", "{"), 400)]
#[case::no_content_type(without_content_type(post("/users", &ada())), 415)]
#[case::no_content_type_in_a_change(without_content_type(patch("/users/x", &ada())), 415)]
#[case::a_missing_field(post("/users", &json!({ "name": "Ada" })), 422)]
#[case::a_wrong_type(post("/users", &json!({ "email": 7, "name": "Ada" })), 422)]
#[case::null(patch("/users/x", &json!({ "name": null })), 422)]
#[case::a_list(post("/users", &json!([])), 422)]
#[case::a_price_in_words(post("/products", &json!({ "sku": "x", "name": "x", "price_cents": "1" })), 422)]
#[case::a_path_that_is_no_text(get("/users/%FF"), 400)]
#[case::a_path_that_is_no_text_in_a_change(patch("/users/%FF", &json!({})), 400)]
#[case::a_path_that_is_no_text_for_the_staff(get("/staff/users/%FF"), 400)]
#[case::a_path_that_is_no_text_of_a_product(get("/products/%FF"), 400)]
#[case::an_unknown_path(get("/nowhere"), 404)]
#[case::an_unknown_path_below_a_known_one(get("/health/database"), 404)]
#[case::an_unknown_user(get("/users/nobody"), 404)]
#[case::a_change_of_an_unknown_user(patch("/users/nobody", &json!({})), 404)]
#[case::an_unknown_user_for_the_staff(get("/staff/users/nobody"), 404)]
#[case::an_unknown_product(get("/products/tea"), 404)]
#[case::a_wrong_method(request(Method::DELETE, "/users"), 405)]
#[case::a_wrong_method_on_a_product(request(Method::PUT, "/products/tea"), 405)]
#[case::a_body_that_is_too_large(raw(Method::POST, "/users", " ".repeat(65_537)), 413)]
#[tokio::test]
async fn a_refusal_is_a_problem_document(
    #[case] request: Request<Body>,
    #[case] status: u16,
) {
    let answer = send(&app(), request).await;

    let status = StatusCode::from_u16(status).expect("a status");
    let problem = problem(&answer, status);

    assert!(problem["detail"].is_string(), "it says what is wrong: {problem}");
    assert_eq!(
        problem.get("field"),
        None,
        "no field of ours is at fault: {problem}"
    );
}
// ANCHOR_END: table

// ANCHOR: snapshot
#[tokio::test]
async fn a_problem_has_these_members_and_no_others() {
    let answer = send(&app(), get("/nowhere")).await;

    problem(&answer, StatusCode::NOT_FOUND);
    assert_json_snapshot!(answer.json(), @r#"
    {
      "detail": "There is no such path",
      "status": 404,
      "title": "Not Found",
      "type": "about:blank"
    }
    "#);
}
// ANCHOR_END: snapshot

// ANCHOR: field
#[rstest]
#[case::email(post("/users", &json!({ "email": "", "name": "Ada" })), "email")]
#[case::name(post("/users", &json!({ "email": "ada@beans.example", "name": "" })), "name")]
#[case::phone(post("/users", &json!({ "email": "ada@beans.example", "name": "Ada", "phone": "" })), "phone")]
#[case::name_in_a_change(patch("/users/x", &json!({ "name": "", "phone": null })), "name")]
#[case::phone_in_a_change(patch("/users/x", &json!({ "name": "Ada", "phone": "" })), "phone")]
#[case::sku(post("/products", &json!({ "sku": "", "name": "x", "price_cents": 1 })), "sku")]
#[case::price(post("/products", &json!({ "sku": "x", "name": "x", "price_cents": -1 })), "price_cents")]
#[tokio::test]
async fn a_field_that_breaks_a_rule_is_named(
    #[case] request: Request<Body>,
    #[case] field: &str,
) {
    let answer = send(&app(), request).await;

    let problem = problem(&answer, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        problem["field"], field,
        "a form shows the message there: {problem}"
    );
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(field), "and people read it: {problem}");
}
// ANCHOR_END: field

#[test]
fn the_detail_of_a_field_says_what_is_wrong_with_it() {
    let error = invalid("roast", "is burnt");

    let detail = error.detail().unwrap_or_default();
    assert!(detail.contains("roast") && detail.contains("is burnt"), "{detail:?}");
}

#[rstest]
#[case::where_the_json_breaks(
    raw(Method::POST, "/users", "{\"email\": }"),
    "line 1 column 11"
)]
#[case::which_field_is_missing(post("/users", &json!({ "name": "Ada" })), "`email`")]
#[case::which_content_type_is_expected(without_content_type(post("/users", &ada())), "application/json")]
#[case::how_many_bytes_there_may_be(raw(Method::POST, "/users", " ".repeat(65_537)), "65536")]
#[case::what_is_not_there(get("/users/nobody"), "There is no such user")]
#[case::which_header_to_read(request(Method::DELETE, "/users"), "Allow")]
#[tokio::test]
async fn the_detail_says(#[case] request: Request<Body>, #[case] what: &str) {
    let problem = send(&app(), request).await.json();

    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains(what),
        "a client can mend it only if it knows: {problem}"
    );
}

#[tokio::test]
async fn a_sku_that_is_taken_is_a_problem_that_names_it() {
    let app = app();
    let tea = json!({ "sku": "tea", "name": "Tea, after all", "price_cents": 400 });
    send(&app, post("/products", &tea)).await;

    let problem =
        problem(&send(&app, post("/products", &tea)).await, StatusCode::CONFLICT);

    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("tea"), "which one is taken? {problem}");
}

#[rstest]
#[case::health("/health", "GET,HEAD")]
#[case::users("/users", "POST")]
#[case::a_user("/users/x", "GET,HEAD,PATCH")]
#[case::products("/products", "GET,HEAD,POST")]
#[tokio::test]
async fn a_wrong_method_still_tells_the_ones_that_work(
    #[case] path: &str,
    #[case] allowed: &str,
) {
    let answer = send(&app(), request(Method::DELETE, path)).await;

    problem(&answer, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), allowed, "RFC 9110 asks for it");
}

#[tokio::test]
async fn a_body_of_65536_bytes_is_read() {
    let ada = ada().to_string();
    let largest = format!("{ada}{}", " ".repeat(65_536 - ada.len()));

    let answer = send(&app(), raw(Method::POST, "/users", largest)).await;

    assert_eq!(answer.status, StatusCode::CREATED, "the limit is what may be sent");
}

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "from")]
    _from: u32,
}

#[rstest]
#[case::in_a_path("/pages/seven", "seven")]
#[case::in_a_query("/pages?from=seven", "from")]
#[case::missing_in_a_query("/pages", "from")]
#[tokio::test]
async fn a_number_that_is_none_is_400(#[case] path: &str, #[case] says: &str) {
    let app = with_error_envelope(
        Router::new()
            .route("/pages", on_get(async |Query(_): Query<Page>| {}))
            .route("/pages/{number}", on_get(async |Path(_): Path<u32>| {})),
    );

    let problem = problem(&send(&app, get(path)).await, StatusCode::BAD_REQUEST);

    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(says), "the text of the rejection stays: {problem}");
}

#[rstest]
#[case::an_unknown_path(get("/nowhere"), 404)]
#[case::another_method(get("/"), 405)]
#[case::a_body_that_is_too_large(raw(Method::POST, "/", " ".repeat(65_537)), 413)]
#[tokio::test]
async fn the_envelope_is_around_any_router(
    #[case] request: Request<Body>,
    #[case] status: u16,
) {
    let takes_json = on_post(async |Json(_): Json<Value>| {});
    let app = with_error_envelope(Router::new().route("/", takes_json));

    let answer = send(&app, request).await;

    problem(&answer, StatusCode::from_u16(status).expect("a status"));
}

// ANCHOR: ours
/// Holds that the client of `GET /` learns nothing but that the fault is ours, and that the log has each of `details`.
async fn assert_ours(route: MethodRouter, details: &[&str]) {
    let app = with_error_envelope(Router::new().route("/", route));
    let log = Log::listen();

    let answer = send(&app, get("/")).await;

    let shown = problem(&answer, StatusCode::INTERNAL_SERVER_ERROR);
    let no_more = json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 });
    assert_eq!(shown, no_more, "of what went wrong inside, nothing is shown");
    let log = log.text();
    assert_eq!(
        log.matches("ERROR").count(),
        1,
        "it is logged once, as an error: {log:?}"
    );
    for detail in details {
        assert!(log.contains(detail), "the log has {detail:?}: {log:?}");
    }
}
// ANCHOR_END: ours

// ANCHOR: panics
#[tokio::test]
async fn a_panic_is_told_in_the_log_and_not_outside() {
    async fn panics() {
        panic!("no roast today");
    }
    assert_ours(on_get(panics), &["no roast today"]).await;
}

#[tokio::test]
async fn a_panic_with_values_is_told_in_the_log_and_not_outside() {
    async fn panics() {
        let batch = 7;
        panic!("batch {batch} is burnt");
    }
    assert_ours(on_get(panics), &["batch 7 is burnt"]).await;
}
// ANCHOR_END: panics

/// An error with another one behind it, as a database gives them.
#[derive(Debug)]
struct NotSaved(io::Error);

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the roast was not saved")
    }
}

impl Error for NotSaved {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[tokio::test]
async fn an_internal_error_is_told_in_the_log_with_its_cause_and_not_outside() {
    // Not by `ApiError::internal`: where it becomes a response, it is logged, however it was made.
    let fails = async || -> ApiError {
        ApiError::Internal(NotSaved(io::Error::other("disk 3 is full")).into())
    };
    assert_ours(on_get(fails), &["the roast was not saved", "disk 3 is full"])
        .await;
}

#[tokio::test]
async fn a_rejection_that_is_our_fault_is_told_in_the_log_and_not_outside() {
    // The route has no parameter that the handler could ask for.
    let asks = async |Path(_): Path<String>| {};
    assert_ours(on_get(asks), &["Wrong number of path arguments"]).await;
}

#[tokio::test]
async fn a_response_that_cannot_be_json_is_told_in_the_log_and_not_outside() {
    let keys_are_lists = async || Json(HashMap::from([(vec![1], "one")]));
    assert_ours(on_get(keys_are_lists), &["key must be a string"]).await;
}

#[rstest]
#[case::an_unknown_path(get("/nowhere"))]
#[case::malformed_json(raw(Method::POST, "/users", "{"))]
#[case::an_empty_field(post("/users", &json!({ "email": "", "name": "Ada" })))]
#[case::a_wrong_method(request(Method::DELETE, "/users"))]
#[case::a_body_that_is_too_large(raw(Method::POST, "/users", " ".repeat(65_537)))]
#[tokio::test]
async fn what_a_client_did_wrong_is_no_error_in_our_log(
    #[case] request: Request<Body>,
) {
    let app = app();
    let log = Log::listen();

    let answer = send(&app, request).await;

    assert!(answer.status.is_client_error(), "got {}", answer.status);
    assert_eq!(log.text(), "", "nobody shall be woken up for it");
}
