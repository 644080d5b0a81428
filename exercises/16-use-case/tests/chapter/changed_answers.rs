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
    fixtures::{
        deactivate, offer, order, orders_of, path, place, post_nothing, sign_up,
        stocked, take_away,
    },
    service::{Scratch, app, app_on},
    ways::Way,
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
#[case::no_host("ada@beans", "has no host after the @ such as beans.example")]
#[case::white_space(" ", "is empty")]
#[tokio::test]
async fn malformed_email_is_422(#[case] email: &str, #[case] problem: &str) {
    let body = json!({ "email": email, "name": "Ada" });

    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json(), invalid("email", problem));
}

#[rstest]
#[case::capitals(" Ada@Beans.Example", "ada@beans.example")]
#[case::as_short_as_can_be("a@b.c", "a@b.c")]
#[case::another_script("エチオピア@豆.example", "エチオピア@豆.example")]
#[tokio::test]
async fn email_is_shown_in_lower_case(#[case] sent: &str, #[case] shown: &str) {
    let app = app();
    let body = json!({ "email": sent, "name": "Ada" });

    let created = send(&app, post("/users", &body)).await;

    assert_eq!(created.json()["email"], shown, "{}", created.body);
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
async fn blank_field_is_422(#[case] body: Value, #[case] field: &str) {
    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json(), invalid(field, "is empty"));
}

#[rstest]
#[case::the_name("name")]
#[case::the_phone_number("phone")]
#[tokio::test]
async fn blank_change_is_422(#[case] field: &str) {
    let app = app();
    let ada = format!("/users/{}", sign_up(&app, "Ada").await);
    let before = send(&app, get(&ada)).await.json();

    let refused = send(&app, patch(&ada, &json!({ field: " " }))).await;

    assert_eq!(refused.json(), invalid(field, "is empty"));
    assert_eq!(send(&app, get(&ada)).await.json(), before, "nothing has changed");
}

#[tokio::test]
async fn white_space_around_texts_is_removed() {
    let app = app();
    let body = json!({ "email": "ada@beans.example", "name": "\tAda  L. ", "phone": " +44 (20) 7946 " });

    let created = send(&app, post("/users", &body)).await;

    let shown = created.json();
    assert_eq!(
        (&shown["name"], &shown["phone"]),
        (&json!("Ada  L."), &json!("+44 (20) 7946")),
        "the space around it is gone, the one within stays: {}",
        created.body
    );
    let ada = format!("/users/{}", shown["id"].as_str().expect("an id"));
    assert_eq!(send(&app, get(&ada)).await.json(), shown, "and so it is kept");
    let change = json!({ "name": " ADA ", "phone": "\t123 " });
    let changed = send(&app, patch(&ada, &change)).await.json();
    assert_eq!(
        (&changed["name"], &changed["phone"]),
        (&json!("ADA"), &json!("123"))
    );
}
// ANCHOR_END: names

#[rstest]
#[case::all_three(json!({ "email": "@", "name": " ", "phone": " " }), "email")]
#[case::the_name_and_the_number(
    json!({ "email": "ada@beans.example", "name": " ", "phone": " " }),
    "name"
)]
#[tokio::test]
async fn first_faulty_field_is_named(#[case] body: Value, #[case] field: &str) {
    let refused = send(&app(), post("/users", &body)).await;

    assert_eq!(refused.json()["field"], field, "{}", refused.body);
}

// ANCHOR: ids
#[rstest]
#[case::of_a_user(get("/users/x"), StatusCode::NOT_FOUND)]
#[case::of_a_user_who_changes(patch("/users/x", &json!({ "name": "Ada" })), StatusCode::NOT_FOUND)]
#[case::of_a_user_for_the_staff(get("/staff/users/x"), StatusCode::NOT_FOUND)]
#[case::of_a_user_to_deactivate(deactivate("x"), StatusCode::NOT_FOUND)]
#[case::of_an_order(get("/orders/x"), StatusCode::NOT_FOUND)]
#[case::of_an_order_to_cancel(
    post_nothing("/orders/x/cancel"),
    StatusCode::NOT_FOUND
)]
#[case::of_an_order_to_repeat(
    post_nothing("/orders/x/repeat"),
    StatusCode::NOT_FOUND
)]
#[case::of_a_customer(get("/users/x/orders"), StatusCode::NOT_FOUND)]
#[case::of_one_who_orders(post("/orders", &order("x", &[("tea", 1)])), StatusCode::UNPROCESSABLE_ENTITY)]
#[case::of_one_who_orders_by_telephone(
    post("/staff/orders", &order("x", &[("tea", 1)])),
    StatusCode::UNPROCESSABLE_ENTITY
)]
#[tokio::test]
async fn malformed_id_is_not_looked_up(
    #[case] request: Request<Body>,
    #[case] status: StatusCode,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let app = app_on(pool.clone());
    pool.close().await;

    let answer = send(&app, request).await;

    assert_eq!(
        answer.status, status,
        "x is the id of nothing, database or not: {}",
        answer.body
    );
}

#[tokio::test]
async fn upper_case_id_is_the_same_id() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 1)]).await;
    let (shouted, user) = (ada.to_uppercase(), format!("/users/{ada}"));

    let again = place(&app, &shouted, &[("tea", 1)]).await;

    assert_eq!(again["customer_id"], ada, "and it is shown as it always was");
    assert_eq!(orders_of(&app, &shouted).await, json!([again, placed]));
    assert_eq!(
        send(&app, get(&format!("/users/{shouted}"))).await.json(),
        send(&app, get(&user)).await.json(),
        "the user is the same"
    );
    let number = placed["id"].as_str().expect("an id").to_uppercase();
    let read = send(&app, get(&format!("/orders/{number}"))).await;
    assert_eq!(read.json(), placed, "the order is the same");
    for what in ["repeat", "cancel"] {
        let request = post_nothing(format!("/orders/{number}/{what}"));
        let answer = send(&app, request).await;
        assert!(answer.status.is_success(), "{what}: {}", answer.body);
    }
}
// ANCHOR_END: ids

// ANCHOR: counted
#[tokio::test]
async fn uncountable_order_is_422() {
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

#[tokio::test]
async fn uncountable_repeat_is_422() {
    let (app, ada) = stocked(app()).await;
    let placed = place(&app, &ada, &[("tea", 2)]).await;
    take_away(&app, "tea").await;
    offer(&app, "tea", "Tea of the moon", i64::MAX).await;

    let refused = send(&app, post_nothing(path(&placed) + "/repeat")).await;

    let problem = "cannot be priced: the amount is beyond what can be counted";
    assert_eq!(refused.json(), invalid("items", problem));
    assert_eq!(orders_of(&app, &ada).await, json!([placed]), "nothing is written");
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

#[track_caller]
fn assert_says_once(log: &Log, cause: &str) {
    let log = log.text();
    assert!(
        log.lines().count() == 1 && log.contains(cause),
        "the log says what is wrong with it, in one line: {log:?}"
    );
}

#[tokio::test]
async fn unreadable_user_row_is_500() {
    let scratch = Scratch::new();
    let ada = let_in(&scratch.pool(), "@").await;
    let app = app_on(scratch.pool());
    let log = Log::listen_to_all_levels();

    let answer = send(&app, get(&ada)).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    assert_says_once(&log, "has no name before the @");
}

#[tokio::test]
async fn stored_upper_case_email_is_read_in_lower_case() {
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
async fn order_on_unreadable_row_is_500(
    #[case] break_it: &'static str,
    #[case] cause: &str,
    #[values(Way::WebShop, Way::Telephone, Way::TheSameAgain)] way: Way,
) {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.pool())).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    sqlx::query(break_it).execute(&scratch.pool()).await.expect("a broken row");
    let log = Log::listen_to_all_levels();

    let answer = way.order(&app, &before).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.body);
    assert_says_once(&log, cause);
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
async fn migrated_order_is_unchanged() {
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
