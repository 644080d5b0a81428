//! What the order desk knows is in a file, and the file outlives it.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use rstest::rstest;
use serde_json::json;
use sqlx::{
    AssertSqlSafe, Connection, SqliteConnection, SqlitePool,
    sqlite::SqlitePoolOptions,
};
use testkit::{Log, get, patch, post, request, send};

use crate::{
    catalogue::catalogue,
    samples::{desk_with_tea, mate, tea},
    service::{Scratch, app_on, open},
};

/// Somebody else at the database, who does not go through the service.
async fn run(pool: &SqlitePool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.unwrap_or_else(|error| {
        panic!("{error}: does the table have the columns of the page?")
    });
}

// ANCHOR: bound
#[rstest]
#[case::a_quote("Ada's breakfast")]
#[case::sql("x', 0); DROP TABLE products; --")]
#[case::a_placeholder("? and $1 and :name")]
#[case::another_script("エチオピア ☕")]
#[case::a_number("00042")]
#[tokio::test]
async fn product_name_is_kept_byte_for_byte(#[case] name: &str) {
    let scratch = Scratch::new();
    let desk = app_on(scratch.pool());
    let product = json!({ "sku": "odd", "name": name, "price_cents": 1 });

    let created = send(&desk, post("/products", &product)).await;

    assert_eq!(
        (created.status, created.json()),
        (StatusCode::CREATED, product.clone())
    );
    assert_eq!(send(&desk, get("/products/odd")).await.json(), product);
    assert_eq!(catalogue(&desk).await, json!([product]));
}
// ANCHOR_END: bound

#[tokio::test]
async fn a_sku_in_a_path_is_text_whatever_is_in_it() {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;

    for method in [Method::GET, Method::DELETE] {
        let answer =
            send(&desk, request(method.clone(), "/products/x'OR'1'='1")).await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{method}: no product has this sku: {}",
            answer.body
        );
    }
    assert_eq!(
        catalogue(&desk).await,
        json!([tea()]),
        "nobody asked for tea to go"
    );
}

#[rstest]
#[case::nothing_for_a_sku("NULL, 'Mate', 700")]
#[case::nothing_for_a_name("'mate', NULL, 700")]
#[case::nothing_for_a_price("'mate', 'Mate', NULL")]
#[case::a_price_in_words("'mate', 'Mate', 'a lot'")]
#[case::half_a_cent("'mate', 'Mate', 1.5")]
#[tokio::test]
async fn products_table_refuses(#[case] values: &str) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = desk_with_tea(&pool).await;
    let there = send(&desk, get("/products/tea")).await;
    assert_eq!(there.json(), tea(), "what fits is not refused");

    let insert =
        format!("INSERT INTO products (sku, name, price_cents) VALUES ({values})");
    let done = sqlx::raw_sql(AssertSqlSafe(insert)).execute(&pool).await;

    assert!(done.is_err(), "a row with {values}");
}

#[rstest]
#[case::digits("00042", "00042")]
#[case::the_same_in_capitals("TEA", "TEA")]
#[case::a_wildcard("%", "%25")]
#[tokio::test]
async fn sku_is_compared_byte_for_byte(
    #[case] sku: &str,
    #[case] in_a_path: &str,
) {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;
    let path = format!("/products/{in_a_path}");
    let odd = json!({ "sku": sku, "name": "Odd", "price_cents": 1 });

    assert_eq!(
        send(&desk, get(&path)).await.status,
        StatusCode::NOT_FOUND,
        "there is tea, and no {sku}"
    );
    let created = send(&desk, post("/products", &odd)).await;

    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    assert_eq!(send(&desk, get(&path)).await.json(), odd);
    let listed = catalogue(&desk).await;
    let listed = listed.as_array().expect("a list");
    assert!(
        listed.len() == 2 && listed.contains(&tea()) && listed.contains(&odd),
        "tea is still there, and {sku} beside it: {listed:?}"
    );
}

#[rstest]
#[case::nothing(0)]
#[case::more_than_a_float_can_hold(9_007_199_254_740_993)]
#[case::the_largest(i64::MAX)]
#[tokio::test]
async fn price_is_kept_to_the_cent(#[case] price: i64) {
    let scratch = Scratch::new();
    let desk = app_on(scratch.pool());
    let product = json!({ "sku": "rare", "name": "Rare", "price_cents": price });

    send(&desk, post("/products", &product)).await;

    assert_eq!(send(&desk, get("/products/rare")).await.json(), product);
}

// ANCHOR: columns
#[rstest]
#[case::at_the_end(
    "ALTER TABLE products ADD COLUMN roast TEXT NOT NULL DEFAULT 'medium';"
)]
#[case::in_front(
    "CREATE TABLE wider (roast TEXT NOT NULL DEFAULT 'medium', price_cents INTEGER, name TEXT, sku TEXT PRIMARY KEY);
     INSERT INTO wider (sku, name, price_cents) SELECT sku, name, price_cents FROM products;
     DROP TABLE products;
     ALTER TABLE wider RENAME TO products;"
)]
#[tokio::test]
async fn new_column_breaks_no_query(#[case] migration: &'static str) {
    let scratch = Scratch::new();
    // One connection, so that the one that knows the old table is asked again.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_lazy_with(scratch.options());
    let desk = desk_with_tea(&pool).await;
    send(&desk, get("/products")).await;
    send(&desk, get("/products/tea")).await;

    run(&pool, migration).await;

    assert_eq!(catalogue(&desk).await, json!([tea()]));
    assert_eq!(send(&desk, get("/products/tea")).await.json(), tea());
    let created = send(&desk, post("/products", &mate())).await;
    assert_eq!((created.status, created.json()), (StatusCode::CREATED, mate()));
    assert_eq!(catalogue(&desk).await, json!([tea(), mate()]));
}
// ANCHOR_END: columns

// ANCHOR: rival
#[tokio::test]
async fn sku_taken_in_the_last_moment_is_409() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    // Before any product is inserted, a rival inserts one with the same sku. So whoever looked first saw nothing.
    run(
        &pool,
        "CREATE TRIGGER rival BEFORE INSERT ON products WHEN NEW.name <> 'rival' BEGIN
             INSERT INTO products (sku, name, price_cents) VALUES (NEW.sku, 'rival', 1);
         END;",
    )
    .await;
    let desk = app_on(pool);

    let answer = send(&desk, post("/products", &tea())).await;

    assert_eq!(
        answer.status,
        StatusCode::CONFLICT,
        "the database refused it because the sku is taken: {}",
        answer.body
    );
}
// ANCHOR_END: rival

#[tokio::test]
async fn duplicate_sku_leaves_first_product_unchanged() {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;

    let again = json!({ "sku": "tea", "name": "Rooibos", "price_cents": 1 });
    send(&desk, post("/products", &again)).await;

    assert_eq!(catalogue(&desk).await, json!([tea()]));
}

/// Holds that this answer tells nobody anything, and that the log has `detail` as an error, not as a panic.
async fn assert_ours(desk: &Router, request: Request<Body>, detail: &str) {
    let log = Log::listen();

    let answer = send(desk, request).await;

    assert_eq!(
        (answer.status, answer.header(header::CONTENT_TYPE)),
        (StatusCode::INTERNAL_SERVER_ERROR, "application/problem+json"),
        "a database that does not answer is our fault: {}",
        answer.body
    );
    let no_more = json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 });
    assert_eq!(
        answer.json(),
        no_more,
        "of what went wrong inside, nothing is shown"
    );
    let log = log.text();
    assert!(
        log.contains("ERROR") && log.contains(detail),
        "the log has {detail:?}: {log:?}"
    );
    assert!(
        !log.contains("panic"),
        "a database that fails is no bug of ours: {log:?}"
    );
}

// ANCHOR: closed
#[rstest]
#[case::created(post("/users", &json!({ "email": "ada@beans.example", "name": "Ada" })))]
#[case::read(get("/users/01a20add-41fd-77b4-9a14-b73987763797"))]
#[case::changed(patch("/users/01a20add-41fd-77b4-9a14-b73987763797", &json!({ "name": "Ada" })))]
#[case::read_by_the_staff(get(
    "/staff/users/01a20add-41fd-77b4-9a14-b73987763797"
))]
#[tokio::test]
async fn database_failure_is_500_on_user_routes(#[case] request: Request<Body>) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());

    pool.close().await;

    assert_ours(&desk, request, "closed pool").await;
}

#[rstest]
#[case::created(post("/products", &tea()))]
#[case::listed(get("/products"))]
#[case::read(get("/products/tea"))]
#[case::deleted(request(Method::DELETE, "/products/tea"))]
#[tokio::test]
async fn database_failure_is_500_on_product_routes(#[case] request: Request<Body>) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());

    pool.close().await;

    assert_ours(&desk, request, "closed pool").await;
}
// ANCHOR_END: closed

#[tokio::test]
async fn other_refusal_of_the_database_is_500_not_409() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    run(
        &pool,
        "CREATE TRIGGER full BEFORE INSERT ON products BEGIN
             SELECT RAISE(ABORT, 'the shelf is full');
         END;",
    )
    .await;
    let desk = app_on(pool);

    assert_ours(&desk, post("/products", &tea()), "the shelf is full").await;
}

#[tokio::test]
async fn changed_migration_stops_the_start() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    // As if the file had been another one when it ran.
    run(&pool, "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2")
        .await;
    pool.close().await;

    let opened = open(scratch.options()).await;

    let said = format!("{:?}", opened.expect_err("a start on another history"));
    assert_eq!(said, "Migrate(VersionMismatch(2))", "as the page quotes it");
}

#[tokio::test]
async fn journal_mode_is_write_ahead() {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&Scratch::new().pool())
        .await
        .expect("a connection");

    assert_eq!(mode, "wal", "who reads and who writes do not wait for each other");
}

#[tokio::test]
async fn every_connection_checks_foreign_keys_and_waits_for_a_lock() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (mut one, mut other) = (
        pool.acquire().await.expect("one"),
        pool.acquire().await.expect("another"),
    );

    for connection in [&mut *one, &mut *other] {
        assert_eq!(pragma(connection, "PRAGMA foreign_keys").await, 1);
        assert_eq!(
            pragma(connection, "PRAGMA busy_timeout").await,
            5000,
            "in milliseconds"
        );
    }
}

async fn pragma(connection: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(connection).await.expect("a number")
}

// ANCHOR: immediate
#[rstest]
#[case::begin("BEGIN", Err("517"))]
#[case::begin_immediate("BEGIN IMMEDIATE", Ok(()))]
#[tokio::test]
async fn transaction_that_reads_then_writes_needs_begin_immediate(
    #[case] begin: &'static str,
    #[case] outcome: Result<(), &str>,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let mut connection = pool.acquire().await.expect("a connection");
    let mut transaction =
        connection.begin_with(begin).await.expect("a transaction");
    let read = "SELECT count(*) FROM users";
    let _: i64 = sqlx::query_scalar(read)
        .fetch_one(&mut *transaction)
        .await
        .expect("a count");

    // Meanwhile, another client writes, or waits until it may.
    let write =
        "INSERT INTO users (id, email, name, staff_note) VALUES (?1, ?1, 'x', 'x')";
    let other = sqlx::query(write).bind("other").execute(&pool);
    let written = match outcome {
        Err(_) => {
            other.await.expect("nobody else writes");
            sqlx::query(write).bind("one").execute(&mut *transaction).await
        }
        Ok(()) => {
            let one = async {
                let done =
                    sqlx::query(write).bind("one").execute(&mut *transaction).await;
                transaction.commit().await.expect("a commit");
                done
            };
            let (done, waited) = tokio::join!(one, other);
            waited.expect("it waited for the commit");
            done
        }
    };

    let code = |error: sqlx::Error| {
        let error = error.into_database_error().expect("an error of the database");
        error.code().map(|code| code.into_owned())
    };
    assert_eq!(
        written.map(|_| ()).map_err(code),
        outcome.map_err(|code| Some(code.to_owned()))
    );
}
// ANCHOR_END: immediate
