//! A monitor asks whether the service is up.

use axum::http::{Method, StatusCode, header};
use rstest::rstest;
use serde_json::json;
use testkit::{get, request, send};

use crate::service::app;

// ANCHOR: first
#[tokio::test]
async fn get_health_answers_200() {
    let answer = send(&app(), get("/health")).await;

    assert_eq!(
        answer.status,
        StatusCode::OK,
        "GET /health tells that the service is up"
    );
}
// ANCHOR_END: first

#[tokio::test]
async fn health_says_in_json_that_the_service_is_up() {
    let answer = send(&app(), get("/health")).await;

    assert_eq!(answer.json(), json!({ "status": "up" }));
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/json",
        "a client must not have to guess what the body is"
    );
}

#[rstest]
#[case::the_root("/")]
#[case::a_longer_path("/health/database")]
#[case::a_trailing_slash("/health/")]
#[case::capital_letters("/Health")]
#[case::another_common_name("/healthz")]
#[case::the_route_of_the_example("/version")]
#[tokio::test]
async fn a_path_that_nobody_registered_is_404(#[case] path: &str) {
    let answer = send(&app(), get(path)).await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND, "nobody registered {path}");
}

#[tokio::test]
async fn a_method_that_nobody_registered_is_405_and_names_the_ones_that_work() {
    let answer = send(&app(), request(Method::POST, "/health")).await;

    assert_eq!(
        answer.status,
        StatusCode::METHOD_NOT_ALLOWED,
        "the path exists, the method does not"
    );
    assert_eq!(
        answer.header(header::ALLOW),
        "GET,HEAD",
        "Allow names the methods that work"
    );
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let answer = send(&app(), request(Method::HEAD, "/health")).await;

    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, ""),
        "HEAD is GET without the body"
    );
}
