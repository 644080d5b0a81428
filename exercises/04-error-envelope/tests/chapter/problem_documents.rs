//! Whatever the service refuses, it refuses with a problem document.

use std::{collections::HashMap, error::Error, fmt, panic};

use axum::{
    Router,
    body::Body,
    extract,
    http::{Method, Request, StatusCode, header},
    routing::{MethodRouter, get as on_get, post as on_post},
};
use rstest::rstest;
use serde::Deserialize;
use serde_json::{Value, json};
use testkit::{
    Answer, Log, broken_off, get, patch, post, request, send, with_json,
};

use crate::{
    envelope::{ApiError, Json, Path, Query, invalid, with_error_envelope},
    people::{ada, sign_up},
    service::app,
};

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
    for member in problem.as_object().expect("members").keys() {
        assert!(
            ["type", "title", "status", "detail", "field"].contains(&&**member),
            "{member:?} is no member of a problem document of ours: {problem}"
        );
    }
    problem
}

/// A request whose body says that it is JSON, whatever it is.
fn raw(method: Method, path: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = with_json(method, path, &Value::Null);
    *request.body_mut() = body.into();
    request
}

fn tea() -> Value {
    json!({ "sku": "tea", "name": "Tea, after all", "price_cents": 400 })
}

fn without_content_type(mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().remove(header::CONTENT_TYPE);
    request
}

/// The service with Ada in it. A request to `/users/ada` is sent to her path.
async fn app_with_ada(request: &mut Request<Body>) -> Router {
    let app = app();
    let path = sign_up(&app, ada()).await;
    let to = request.uri().path().replace("/users/ada", &path);
    *request.uri_mut() = to.parse().expect("a path");
    app
}

#[rstest]
#[case::malformed_json(raw(Method::POST, "/users", "{"), 400)]
#[case::no_body(raw(Method::POST, "/users", ""), 400)]
#[case::malformed_json_in_a_change(raw(Method::PATCH, "/users/ada", "{"), 400)]
#[case::malformed_json_of_a_product(raw(Method::POST, "/products", "{"), 400)]
#[case::no_content_type(without_content_type(post("/users", &ada())), 415)]
#[case::no_content_type_in_a_change(without_content_type(patch("/users/ada", &ada())), 415)]
#[case::a_missing_field(post("/users", &json!({ "name": "Ada" })), 422)]
#[case::a_wrong_type(post("/users", &json!({ "email": 7, "name": "Ada" })), 422)]
#[case::null(patch("/users/ada", &json!({ "name": null })), 422)]
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
#[case::a_change_that_is_too_large(raw(Method::PATCH, "/users/ada", " ".repeat(65_537)), 413)]
#[case::a_product_that_is_too_large(raw(Method::POST, "/products", " ".repeat(65_537)), 413)]
#[tokio::test]
async fn refusal_is_problem_document(
    #[case] mut request: Request<Body>,
    #[case] status: u16,
) {
    let app = app_with_ada(&mut request).await;

    let answer = send(&app, request).await;

    let status = StatusCode::from_u16(status).expect("a status");
    let problem = problem(&answer, status);

    assert!(problem["detail"].is_string(), "it says what is wrong: {problem}");
    assert_eq!(
        problem.get("field"),
        None,
        "no field of ours is at fault: {problem}"
    );
}

#[rstest]
#[case::email(post("/users", &json!({ "email": "", "name": "Ada" })), "email")]
#[case::name(post("/users", &json!({ "email": "ada@beans.example", "name": "" })), "name")]
#[case::phone(post("/users", &json!({ "email": "ada@beans.example", "name": "Ada", "phone": "" })), "phone")]
#[case::name_in_a_change(patch("/users/ada", &json!({ "name": "", "phone": null })), "name")]
#[case::phone_in_a_change(patch("/users/ada", &json!({ "name": "Ada", "phone": "" })), "phone")]
#[case::sku(post("/products", &json!({ "sku": "", "name": "x", "price_cents": 1 })), "sku")]
#[case::price(post("/products", &json!({ "sku": "x", "name": "x", "price_cents": -1 })), "price_cents")]
#[tokio::test]
async fn invalid_field_is_named(
    #[case] mut request: Request<Body>,
    #[case] field: &str,
) {
    let app = app_with_ada(&mut request).await;

    let answer = send(&app, request).await;

    let problem = problem(&answer, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        problem["field"], field,
        "a form shows the message there: {problem}"
    );
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(field), "and people read it: {problem}");
}

#[rstest]
#[case::a_rejection(|| ApiError::Rejected { status: StatusCode::IM_A_TEAPOT, detail: "No coffee".to_owned() }, 418, "No coffee")]
#[case::not_found(|| ApiError::NotFound("roast"), 404, "There is no such roast")]
#[case::a_conflict(|| ApiError::Conflict("Roasted already".to_owned()), 409, "Roasted already")]
#[tokio::test]
async fn error_has_its_status_and_detail(
    #[case] error: fn() -> ApiError,
    #[case] status: u16,
    #[case] detail: &str,
) {
    let refuses = Router::new().route("/", on_get(async move || error()));
    let log = Log::listen_to_all_levels();

    let answer = send(&refuses, get("/")).await;

    let status = StatusCode::from_u16(status).expect("a status");
    let problem = problem(&answer, status);
    assert_eq!((&problem["detail"], problem.get("field")), (&json!(detail), None));
    assert_eq!(log.text(), "", "a refusal is not logged");
    assert_eq!(
        (error().status(), error().detail().as_deref()),
        (status, Some(detail)),
        "`status` and `detail` of the error itself"
    );
}

#[test]
fn invalid_field_detail_has_field_and_problem() {
    let error = invalid("roast", "is burnt");

    let detail = error.detail().unwrap_or_default();
    assert!(detail.contains("roast") && detail.contains("is burnt"), "{detail:?}");
}

#[rstest]
#[case::how_many_bytes_there_may_be(raw(Method::POST, "/users", " ".repeat(65_537)), "65536")]
#[case::which_header_to_read(request(Method::DELETE, "/users"), "Allow")]
#[tokio::test]
async fn detail_says_what_to_fix(
    #[case] request: Request<Body>,
    #[case] what: &str,
) {
    let problem = send(&app(), request).await.json();

    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains(what),
        "a client can mend it only if it knows: {problem}"
    );
}

#[rstest]
#[case::a_user(get("/users/nobody"), "There is no such user")]
#[case::a_user_to_change(patch("/users/nobody", &json!({})), "There is no such user")]
#[case::a_user_for_the_staff(get("/staff/users/nobody"), "There is no such user")]
#[case::a_product(get("/products/tea"), "There is no such product")]
#[case::a_path(post("/nowhere", &json!({})), "There is no such path")]
#[tokio::test]
async fn not_found_detail_names_what_is_missing(
    #[case] request: Request<Body>,
    #[case] detail: &str,
) {
    let answer = send(&app(), request).await;

    assert_eq!(problem(&answer, StatusCode::NOT_FOUND)["detail"], detail);
}

#[tokio::test]
async fn duplicate_sku_detail_names_sku() {
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
#[case::a_user_for_the_staff("/staff/users/x", "GET,HEAD")]
#[case::products("/products", "GET,HEAD,POST")]
#[tokio::test]
async fn method_not_allowed_keeps_allow_header(
    #[case] path: &str,
    #[case] allowed: &str,
) {
    for method in [Method::DELETE, Method::PUT, Method::OPTIONS] {
        let answer = send(&app(), request(method, path)).await;

        problem(&answer, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header(header::ALLOW), allowed, "RFC 9110 asks for it");
    }
}

#[tokio::test]
async fn body_of_65536_bytes_is_accepted() {
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
#[case::a_path(|| post("/seven?from=1", &json!({ "from": 1 })))]
#[case::a_query(|| post("/7?from=seven", &json!({ "from": 1 })))]
#[case::an_absent_query(|| post("/7", &json!({ "from": 1 })))]
#[case::malformed_json(|| raw(Method::POST, "/7?from=1", "{\n\"from\": }"))]
#[case::an_absent_field(|| post("/7?from=1", &json!({})))]
#[case::a_field_of_another_type(|| post("/7?from=1", &json!({ "from": "one" })))]
#[case::no_content_type(|| without_content_type(post("/7?from=1", &json!({ "from": 1 }))))]
#[case::a_body_that_breaks_off(|| broken_off(Method::POST, "/7?from=1"))]
#[tokio::test]
async fn rejection_keeps_status_and_text(#[case] request: fn() -> Request<Body>) {
    let of_axum = on_post(
        async |_: extract::Path<u32>,
               _: extract::Query<Page>,
               _: axum::Json<Page>| {},
    );
    let ours = on_post(async |_: Path<u32>, _: Query<Page>, _: Json<Page>| {});
    let of_axum = Router::new().route("/{number}", of_axum);
    let ours = with_error_envelope(Router::new().route("/{number}", ours));

    let rejection = send(&of_axum, request()).await;
    let log = Log::listen_to_all_levels();
    let answer = send(&ours, request()).await;

    let problem = problem(&answer, rejection.status);
    assert_eq!(problem["detail"], rejection.body, "what axum says of it");
    assert_eq!(log.text(), "", "only internal errors are logged");
}

#[rstest]
#[case::an_unknown_path(get("/nowhere"), 404)]
#[case::another_method(get("/"), 405)]
#[case::a_body_that_is_too_large(raw(Method::POST, "/", " ".repeat(65_537)), 413)]
#[tokio::test]
async fn envelope_covers_any_router(
    #[case] request: Request<Body>,
    #[case] status: u16,
) {
    let takes_json = on_post(async |Json(_): Json<Value>| {});
    let app = with_error_envelope(Router::new().route("/", takes_json));

    let answer = send(&app, request).await;

    problem(&answer, StatusCode::from_u16(status).expect("a status"));
}

/// Holds that the client of `GET /` learns nothing but that the fault is ours, and that the log has each of `details`.
async fn assert_ours(route: MethodRouter, details: &[&str]) {
    let well = on_get(async || "well");
    let app =
        with_error_envelope(Router::new().route("/", route).route("/well", well));
    let log = Log::listen_to_all_levels();

    let answer = send(&app, get("/")).await;

    let shown = problem(&answer, StatusCode::INTERNAL_SERVER_ERROR);
    let no_more = json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 });
    assert_eq!(shown, no_more, "of what went wrong inside, nothing is shown");
    let (headers, log) = (format!("{:?}", answer.headers), log.text());
    assert!(
        log.lines().count() == 1 && log.contains("ERROR"),
        "one line at level ERROR, and none at another level: {log:?}"
    );
    for detail in details {
        assert!(log.contains(detail), "the log has {detail:?}: {log:?}");
        assert!(!headers.contains(detail), "a header shows {detail:?}: {headers}");
    }
    assert_eq!(send(&app, get("/well")).await.body, "well", "the service goes on");
}

#[rstest]
#[case::with_a_text(|| panic!("no roast today"), "no roast today")]
#[case::with_values(|| { let batch = 7; panic!("batch {batch} is burnt") }, "batch 7 is burnt")]
#[case::without_a_text(|| panic::panic_any(7), "panic")]
#[tokio::test]
async fn panic_is_logged_and_hidden_from_client(
    #[case] panics: fn(),
    #[case] says: &str,
) {
    assert_ours(on_get(async move || panics()), &[says]).await;
}

/// An error with others behind it, as a database gives them.
struct Failed(&'static str, Option<Box<Failed>>);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Failed")
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.1.as_deref().map(|behind| behind as _)
    }
}

type Cause = Box<dyn Error + Send + Sync>;

// Where it becomes a response, it is logged, however it was made.
#[rstest]
#[case::made_by_the_variant(ApiError::Internal)]
#[case::made_by_the_function(|cause| ApiError::internal(cause))]
#[tokio::test]
async fn internal_error_is_logged_with_sources_and_hidden_from_client(
    #[case] made: fn(Cause) -> ApiError,
) {
    let fails = async move || {
        let disk = Failed("disk 3 is full", None);
        let file = Failed("the file cannot grow", Some(disk.into()));
        made(Failed("the roast was not saved", Some(file.into())).into())
    };
    let all = ["the roast was not saved", "the file cannot grow", "disk 3 is full"];
    assert_ours(on_get(fails), &all).await;
}

#[test]
fn internal_error_is_not_logged_before_it_becomes_a_response() {
    let log = Log::listen_to_all_levels();

    let errors = [
        ApiError::internal("no roast today"),
        ApiError::from_panic(Box::new("no roast today")),
    ];

    assert_eq!(log.text(), "", "none of these is a response yet: {errors:?}");
}

#[tokio::test]
async fn server_error_rejection_is_logged_and_hidden_from_client() {
    // The route has no parameter that the handler could ask for.
    let asks = async |Path(_): Path<String>| {};
    assert_ours(on_get(asks), &["Wrong number of path arguments"]).await;
}

#[tokio::test]
async fn unserializable_response_is_logged_and_hidden_from_client() {
    let keys_are_lists = async || Json(HashMap::from([(vec![1], "one")]));
    assert_ours(on_get(keys_are_lists), &["key must be a string"]).await;
}

#[rstest]
#[case::health(get("/health"))]
#[case::a_new_user(post("/users", &ada()))]
#[case::an_unknown_path(get("/nowhere"))]
#[case::malformed_json(raw(Method::POST, "/users", "{"))]
#[case::an_empty_field(post("/users", &json!({ "email": "", "name": "Ada" })))]
#[case::an_unknown_user(get("/users/nobody"))]
#[case::a_user(get("/users/ada"))]
#[case::a_user_for_the_staff(get("/staff/users/ada"))]
#[case::a_change(patch("/users/ada", &json!({ "name": "Ada L." })))]
#[case::an_empty_field_in_a_change(patch("/users/ada", &json!({ "phone": "" })))]
#[case::a_path_that_is_no_text(get("/users/%FF"))]
#[case::no_content_type(without_content_type(post("/users", &ada())))]
#[case::a_taken_sku(post("/products", &tea()))]
#[case::a_wrong_method(request(Method::DELETE, "/users"))]
#[case::a_body_that_is_too_large(raw(Method::POST, "/users", " ".repeat(65_537)))]
#[tokio::test]
async fn only_internal_errors_are_logged(#[case] mut request: Request<Body>) {
    let app = app_with_ada(&mut request).await;
    send(&app, post("/products", &tea())).await;
    let log = Log::listen_to_all_levels();

    let answer = send(&app, request).await;

    assert!(!answer.status.is_server_error(), "got {}", answer.status);
    assert_eq!(log.text(), "", "at whatever level, nobody reads it");
}
