//! A monitor asks whether the service is up.

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
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
        "the status of the answer to GET /health"
    );
}
// ANCHOR_END: first

#[tokio::test]
async fn health_is_json_with_status_up() {
    let answer = send(&app(), get("/health")).await;

    assert_eq!(answer.json(), json!({ "status": "up" }));
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/json",
        "a client learns from the header that the body is JSON"
    );
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let answer = send(&app(), request(Method::HEAD, "/health")).await;

    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, ""),
        "the status and the body of the answer to HEAD /health"
    );
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/json",
        "HEAD has the headers of the answer to GET"
    );
}

#[rstest]
#[case::a_value("/health?from=monitor")]
#[case::no_value("/health?")]
#[case::the_same_key_twice("/health?from=monitor&from=ada")]
#[case::not_a_character("/health?from=%FF")]
#[tokio::test]
async fn query_does_not_change_the_route(#[case] path: &str) {
    let app = app();
    let health = send(&app, get(path)).await;
    let other_method = send(&app, request(Method::POST, path)).await;

    assert_eq!(
        (health.status, other_method.status),
        (StatusCode::OK, StatusCode::METHOD_NOT_ALLOWED),
        "the answers to GET and to POST {path}"
    );
}

#[rstest]
#[case::another_type(header::ACCEPT, "text/html")]
#[case::an_unknown_version(header::IF_NONE_MATCH, "*")]
#[case::a_page_from_elsewhere(header::ORIGIN, "https://beans.example")]
#[tokio::test]
async fn header_does_not_change_the_answer(
    #[case] name: HeaderName,
    #[case] value: &'static str,
) {
    let without = send(&app(), get("/health")).await;
    let mut request = get("/health");
    request.headers_mut().insert(&name, HeaderValue::from_static(value));
    let answer = send(&app(), request).await;

    assert_eq!(
        (answer.status, answer.json()),
        (StatusCode::OK, json!({ "status": "up" })),
        "the answer to GET /health with {name}: {value}"
    );
    assert_eq!(
        answer.headers, without.headers,
        "and its headers, with {name}: {value} and without"
    );
}

#[tokio::test]
async fn other_method_is_405_with_allow_header() {
    for name in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let method = name.parse().expect("a method");
        let answer = send(&app(), request(method, "/health")).await;

        assert_eq!(
            (answer.status, answer.header(header::ALLOW)),
            (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"),
            "the answer to {name} /health, and its header Allow"
        );
    }
}

#[rstest]
#[case::the_root("/")]
#[case::a_longer_path("/health/database")]
#[case::a_trailing_slash("/health/")]
#[case::capital_letters("/Health")]
#[case::another_common_name("/healthz")]
#[case::the_route_of_the_example("/version")]
#[case::a_slash_in_front("//health")]
#[tokio::test]
async fn unknown_path_is_404(#[case] path: &str) {
    for method in [Method::GET, Method::POST, Method::DELETE, Method::OPTIONS] {
        let answer = send(&app(), request(method.clone(), path)).await;

        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{method} {path}: there is no such route"
        );
    }
}
