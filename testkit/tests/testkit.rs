use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode, header},
    routing::{get as on_get, post as on_post},
};
use serde_json::{Value, json};
use testkit::{Log, count_statements, get, patch, post, send};

fn app() -> Router {
    Router::new()
        .route("/text", on_get(|| async { (StatusCode::ACCEPTED, "plain") }))
        .route(
            "/echo",
            on_post(|headers: HeaderMap, Json(body): Json<Value>| async move {
                (headers[header::CONTENT_TYPE].clone().to_str().unwrap().to_owned()
                    + " ")
                    + &body.to_string()
            }),
        )
}

#[tokio::test]
async fn an_answer_carries_status_headers_and_body() {
    let answer = send(&app(), get("/text")).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/plain; charset=utf-8");
    assert_eq!(answer.header(header::LOCATION), "");
    assert_eq!(answer.body, "plain");
}

#[tokio::test]
async fn a_json_request_says_that_it_is_json() {
    let answer = send(&app(), post("/echo", &json!({"a": 1}))).await;
    assert_eq!(answer.body, r#"application/json {"a":1}"#);
}

#[tokio::test]
async fn the_method_is_the_one_of_the_helper() {
    let answer = send(&app(), patch("/echo", &json!({}))).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
#[should_panic(expected = "the body should be JSON")]
async fn a_body_that_is_not_json_fails_the_test_and_shows_the_answer() {
    send(&app(), get("/text")).await.json();
}

#[tokio::test]
async fn a_log_has_what_was_logged_since_it_listens() {
    tracing::error!("before");
    let log = Log::listen();
    tracing::error!(batch = 7, "burnt");
    tracing::debug!("not for the log");

    let text = log.text();
    assert!(text.contains("ERROR") && text.contains("burnt batch=7"), "{text}");
    assert!(!text.contains("before") && !text.contains("not for"), "{text}");
    assert_eq!(Log::listen().text(), "", "it begins anew");
}

#[tokio::test]
async fn a_log_of_all_levels_has_every_line_of_the_service() {
    let log = Log::listen_to_all_levels();
    tracing::trace!("a detail");
    tracing::debug!(target: "sqlx::query", "of another crate");

    let text = log.text();
    assert!(text.contains("TRACE") && text.contains("a detail"), "{text}");
    assert!(!text.contains("of another crate"), "{text}");
}

#[test]
fn a_log_does_not_tell_that_the_machine_is_slow() {
    let log = Log::listen_to_all_levels();
    tracing::warn!(target: "sqlx::query", "slow statement");
    tracing::warn!(target: "sqlx::pool::acquire", "slow acquire");
    assert_eq!(log.text(), "");
}

#[tokio::test]
async fn statements_count_where_they_are_logged_at_trace() {
    let work = async {
        tracing::debug!(target: "sqlx::query", "of another test");
        tracing::trace!(target: "sqlx::query", "SELECT 1");
        let elsewhere = || tracing::trace!(target: "sqlx::query", "SELECT 2");
        std::thread::spawn(elsewhere).join().unwrap();
        "done"
    };
    assert_eq!(count_statements(work).await, ("done", 2));
    assert_eq!(count_statements(async {}).await, ((), 0), "it begins anew");
}

#[test]
fn tests_side_by_side_see_their_own_lines() {
    let log = Log::listen();
    std::thread::spawn(|| tracing::error!("elsewhere")).join().unwrap();
    assert_eq!(log.text(), "");
}
