//! What clients see differently since the service asks the domain. All else is as it was in chapter 7.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{Log, get, patch, post, send};

use crate::{
    fixtures::{offer, order, orders_of, path, place, sign_up, stocked},
    service::{Scratch, app, app_on},
};

/// The answer to a field that breaks a rule.
fn invalid(field: &str, problem: &str) -> Value {
    json!({
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": format!("`{field}` {problem}"),
        "field": field,
    })
}

// ANCHOR: email
#[rstest]
#[case::no_name(
    "@beans.example",
    "has no name before the @, or one with a dot at its start, its end or beside another"
)]
#[case::nothing_but_an_at(
    "@",
    "has no name before the @, or one with a dot at its start, its end or beside another"
)]
#[case::no_at("ada", "has not exactly one @")]
#[case::two_words("ada at beans.example", "has ' ' in it")]
#[case::white_space(" ", "is empty")]
#[tokio::test]
async fn what_is_no_email_address_opens_no_account(
    #[case] email: &str,
    #[case] problem: &str,
) {
    let body = json!({ "email": email, "name": "Ada" });

    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json(), invalid("email", problem));
}

#[tokio::test]
async fn an_email_address_is_shown_in_lower_case() {
    let app = app();
    let body = json!({ "email": " Ada@Beans.Example", "name": "Ada" });

    let created = send(&app, post("/users", &body)).await;

    assert_eq!(created.json()["email"], "ada@beans.example", "{}", created.body);
    let id = created.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        send(&app, get(&format!("/users/{id}"))).await.json(),
        created.json(),
        "what the answer shows is what is kept"
    );
}
// ANCHOR_END: email

// ANCHOR: names
#[rstest]
#[case::a_name(json!({ "email": "ada@beans.example", "name": " \t" }), "name")]
#[case::a_phone_number(json!({ "email": "ada@beans.example", "name": "Ada", "phone": " " }), "phone")]
#[tokio::test]
async fn white_space_alone_is_not(#[case] body: Value, #[case] field: &str) {
    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json(), invalid(field, "is empty"));
}

#[tokio::test]
async fn nobody_changes_a_name_into_white_space() {
    let app = app();
    let ada = format!("/users/{}", sign_up(&app, "Ada").await);

    let refused = send(&app, patch(&ada, &json!({ "name": " " }))).await;
    let changed = send(&app, patch(&ada, &json!({ "name": " Ada L. " }))).await;

    assert_eq!(refused.json(), invalid("name", "is empty"));
    assert_eq!(changed.json()["name"], "Ada L.", "the space around it is gone");
}
// ANCHOR_END: names

#[rstest]
#[case::all_three(json!({ "email": "@", "name": " ", "phone": " " }), "email")]
#[case::the_name_and_the_number(
    json!({ "email": "ada@beans.example", "name": " ", "phone": " " }),
    "name"
)]
#[tokio::test]
async fn of_several_faults_the_first_field_is_named(
    #[case] body: Value,
    #[case] field: &str,
) {
    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json()["field"], field, "{}", refused.body);
}

// ANCHOR: ids
#[rstest]
#[case::of_a_user(get("/users/x"))]
#[case::of_an_order(get("/orders/x"))]
#[case::of_a_customer(get("/users/x/orders"))]
#[tokio::test]
async fn for_what_is_no_id_nobody_asks_the_database(
    #[case] request: Request<Body>,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let app = app_on(pool.clone());
    pool.close().await;

    let answer = send(&app, request).await;

    assert_eq!(
        answer.status,
        StatusCode::NOT_FOUND,
        "it is the id of nothing, database or not: {}",
        answer.body
    );
}

#[tokio::test]
async fn an_id_in_capitals_is_the_same_id() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 1)]).await;
    let shouted = ada.to_uppercase();

    let again = place(&app, &shouted, &[("tea", 1)]).await;

    assert_eq!(again["customer_id"], ada, "and it is shown as it always was");
    assert_eq!(orders_of(&app, &shouted).await, json!([again, placed]));
}
// ANCHOR_END: ids

// ANCHOR: counted
#[tokio::test]
async fn an_order_that_costs_more_than_can_be_counted_is_refused() {
    let (app, ada) = stocked(app()).await;
    offer(&app, "moon", "A moon", i64::MAX).await;

    for route in ["/orders", "/staff/orders"] {
        let body = order(&ada, &[("moon", 2)]);
        let refused = send(&app, post(route, &body)).await;

        assert_eq!(
            refused.json(),
            invalid(
                "items",
                "cannot be priced: the amount is beyond what can be counted"
            ),
            "{route}"
        );
    }
    assert_eq!(orders_of(&app, &ada).await, json!([]), "nothing is written");
}
// ANCHOR_END: counted

// ANCHOR: unreadable
/// A user whom chapter 7 let in.
async fn let_in(pool: &SqlitePool, email: &str) -> String {
    let id = "01a20add-41fd-77b4-9a14-b73987763797";
    sqlx::query(
        "INSERT INTO users (id, email, name, staff_note) VALUES (?, ?, 'Ada', '')",
    )
    .bind(id)
    .bind(email)
    .execute(pool)
    .await
    .expect("a row");
    format!("/users/{id}")
}

#[tokio::test]
async fn a_row_that_is_no_user_is_our_fault_and_not_the_clients() {
    let scratch = Scratch::new();
    let ada = let_in(&scratch.pool(), "@").await;
    let app = app_on(scratch.pool());
    let log = Log::listen();

    let answer = send(&app, get(&ada)).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    assert!(
        log.text().contains("has no name before the @"),
        "the log says what is wrong with it: {:?}",
        log.text()
    );
}

#[tokio::test]
async fn capitals_that_were_kept_are_read_in_lower_case() {
    let scratch = Scratch::new();
    let ada = let_in(&scratch.pool(), "Ada@Beans.Example").await;
    let app = app_on(scratch.pool());

    let answer = send(&app, get(&ada)).await;

    assert_eq!(answer.json()["email"], "ada@beans.example", "{}", answer.body);
}
#[rstest]
#[case::a_customer("UPDATE users SET email = '@'", "has no name before the @")]
#[case::a_product("UPDATE products SET price_cents = -1", "the price is negative")]
#[tokio::test]
async fn whoever_orders_is_not_to_blame_for_a_broken_row(
    #[case] break_it: &'static str,
    #[case] cause: &str,
) {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.pool())).await;
    sqlx::query(break_it).execute(&scratch.pool()).await.expect("a broken row");
    let log = Log::listen();

    let answer = send(&app, post("/orders", &order(&ada, &[("tea", 1)]))).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    assert!(
        log.text().contains(cause),
        "the log says what is wrong with it: {:?}",
        log.text()
    );
}
// ANCHOR_END: unreadable

macro_rules! migration {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/migrations/",
            $name,
            ".sql"
        ))
    };
}

// ANCHOR: migrated
#[tokio::test]
async fn an_order_from_before_the_states_is_what_it_was() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(scratch.pool())).await;
    let placed = place(&app, &ada, &[("tea", 2), ("mate", 1)]).await;
    let cancelled = place(&app, &ada, &[("tea", 1)]).await;

    // The tables as chapter 7 had them, with what it wrote, and then the migration of this chapter.
    let before = "CREATE TABLE kept AS SELECT id, customer_id, status, submitted_at FROM orders;
        CREATE TABLE kept_items AS SELECT * FROM order_items;
        DROP TABLE order_items;
        DROP TABLE orders;";
    let rows = "INSERT INTO orders SELECT * FROM kept;
        INSERT INTO order_items SELECT * FROM kept_items;";
    for sql in [before, migration!("0005_orders"), rows] {
        sqlx::raw_sql(sql).execute(&pool).await.expect("chapter 7");
    }
    sqlx::query("UPDATE orders SET status = 'cancelled' WHERE id = ?")
        .bind(cancelled["id"].as_str())
        .execute(&pool)
        .await
        .expect("an order less");
    sqlx::raw_sql(migration!("0006_order_states"))
        .execute(&pool)
        .await
        .expect("the migration");

    assert_eq!(send(&app, get(&path(&placed))).await.json(), placed);
    let read = send(&app, get(&path(&cancelled))).await.json();
    assert_eq!(
        (&read["status"], &read["submitted_at"], &read["items"]),
        (&json!("cancelled"), &cancelled["submitted_at"], &cancelled["items"])
    );
}
// ANCHOR_END: migrated
