//! What the order desk knows is in a file, and the file outlives it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::{
    AssertSqlSafe, Connection, SqliteConnection, SqlitePool,
    sqlite::SqlitePoolOptions,
};
use testkit::{Log, get, patch, post, request, send};
use tokio::{runtime::Handle, task};

use crate::{
    catalogue::catalogue,
    samples::{desk_with_tea, mate, tea},
    service::{Scratch, app, app_on, open},
};

/// Somebody else at the database, who does not go through the service.
async fn run(pool: &SqlitePool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.unwrap_or_else(|error| {
        panic!("{error}: does the table have the columns of the page?")
    });
}

fn delete(path: &str) -> Request<Body> {
    request(Method::DELETE, path)
}

#[rstest]
#[case::no_sku("NULL, 'Mate', 700")]
#[case::no_name("'mate', NULL, 700")]
#[case::no_price("'mate', 'Mate', NULL")]
#[case::bytes_as_sku("x'00', 'Mate', 700")]
#[case::bytes_as_name("'mate', x'00', 700")]
#[case::price_in_words("'mate', 'Mate', 'a lot'")]
#[case::half_a_cent("'mate', 'Mate', 1.5")]
#[case::taken_sku("'tea', 'Mate', 700")]
#[tokio::test]
async fn products_table_refuses(#[case] values: &str) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = desk_with_tea(&pool).await;
    run(&pool, "INSERT INTO products (sku, name, price_cents) VALUES ('yerba', 'Mate', 700)")
        .await;

    let insert =
        format!("INSERT INTO products (sku, name, price_cents) VALUES ({values})");
    let done = sqlx::raw_sql(AssertSqlSafe(insert)).execute(&pool).await;

    assert!(done.is_err(), "a row with {values}");
    assert_eq!(
        catalogue(&desk).await,
        json!([tea(), mate()]),
        "what fits is not refused, and stays as it was"
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

#[tokio::test]
async fn two_products_may_share_name_and_price() {
    let desk = app();
    let (mut one, mut other) = (tea(), tea());
    (one["sku"], other["sku"]) = ("assam".into(), "tea".into());

    for product in [&one, &other] {
        let created = send(&desk, post("/products", product)).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    }

    assert_eq!(catalogue(&desk).await, json!([one, other]));
}

#[rstest]
#[case::sent_again(tea())]
#[case::with_another_name(json!({ "sku": "tea", "name": "Rooibos", "price_cents": 400 }))]
#[case::with_another_price(json!({ "sku": "tea", "name": "Assam, after all", "price_cents": 1 }))]
#[tokio::test]
async fn duplicate_sku_leaves_first_product_unchanged(#[case] again: Value) {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;

    let refused = send(&desk, post("/products", &again)).await;

    assert_eq!(
        refused.json(),
        json!({
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "detail": "There is a product tea already",
        }),
        "the answer to the second product with this sku"
    );
    assert_eq!(catalogue(&desk).await, json!([tea()]));
}

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

/// Another program on the same file, which deletes all products between two steps that SQLite takes for a request.
struct Rival {
    connection: SqliteConnection,
    at: usize,
    steps: usize,
    deleted: u64,
}

impl Rival {
    fn step(&mut self, test: &Handle) {
        self.steps += 1;
        if self.steps == self.at {
            let done =
                sqlx::query("DELETE FROM products").execute(&mut self.connection);
            // Refused while the request keeps others from writing: then the rival is later.
            self.deleted =
                test.block_on(done).map_or(0, |done| done.rows_affected());
        }
    }
}

/// A pool whose connections let the rival act after each step.
fn pool_with(rival: &Arc<Mutex<Rival>>, scratch: &Scratch) -> SqlitePool {
    let (rival, test) = (Arc::clone(rival), Handle::current());
    SqlitePoolOptions::new()
        .after_connect(move |connection, _| {
            let (rival, test) = (Arc::clone(&rival), test.clone());
            Box::pin(async move {
                let mut connection = connection.lock_handle().await?;
                connection.set_progress_handler(1, move || {
                    rival.lock().expect("no step panics").step(&test);
                    true
                });
                Ok(())
            })
        })
        .connect_lazy_with(scratch.options())
}

/// The rival who acts at this step.
async fn rival_at(at: usize, scratch: &Scratch) -> Arc<Mutex<Rival>> {
    let impatient = scratch.options().busy_timeout(Duration::ZERO);
    let connection = SqliteConnection::connect_with(&impatient).await;
    let connection = connection.expect("a connection");
    Arc::new(Mutex::new(Rival { connection, at, steps: 0, deleted: 0 }))
}

#[tokio::test]
async fn product_deleted_right_after_create_is_201() {
    let scratch = Scratch::new();
    let others = scratch.pool();
    for at in 1..200 {
        run(&others, "DELETE FROM products").await;
        let rival = rival_at(at, &scratch).await;
        let pool = pool_with(&rival, &scratch);

        let answer = send(&app_on(pool.clone()), post("/products", &tea())).await;

        pool.close().await;
        let rival = rival.lock().expect("no step panics");
        assert_eq!(
            (answer.status, answer.json()),
            (StatusCode::CREATED, tea()),
            "{} product deleted by somebody else at step {at}",
            rival.deleted
        );
        if rival.steps < at {
            return;
        }
    }
}

#[tokio::test]
async fn product_deleted_in_the_last_moment_is_404() {
    let scratch = Scratch::new();
    let others = scratch.pool();
    for at in 1..200 {
        send(&app_on(others.clone()), post("/products", &tea())).await;
        let rival = rival_at(at, &scratch).await;
        let pool = pool_with(&rival, &scratch);

        let answer = send(&app_on(pool.clone()), delete("/products/tea")).await;

        pool.close().await;
        let rival = rival.lock().expect("no step panics");
        let expected = match rival.deleted {
            0 => StatusCode::NO_CONTENT,
            _ => StatusCode::NOT_FOUND,
        };
        assert_eq!(
            answer.status, expected,
            "{} product deleted by somebody else at step {at}: {}",
            rival.deleted, answer.body
        );
        if rival.steps < at {
            return;
        }
    }
}

/// Sends all of them before any is answered, and gives their statuses.
async fn at_once(
    desk: &Router,
    requests: impl IntoIterator<Item = Request<Body>>,
) -> Vec<StatusCode> {
    let one = |request| {
        let desk = desk.clone();
        task::spawn(async move { send(&desk, request).await.status })
    };
    let all: Vec<_> = requests.into_iter().map(one).collect();
    let mut statuses = Vec::new();
    for status in all {
        statuses.push(status.await.expect("an answer"));
    }
    statuses
}

#[tokio::test]
async fn twenty_concurrent_creates_and_deletes_are_all_served() {
    let desk = app();
    let product =
        |n| json!({ "sku": format!("tea-{n}"), "name": "Tea", "price_cents": 400 });

    let created =
        at_once(&desk, (0..20).map(|n| post("/products", &product(n)))).await;
    let deleted =
        at_once(&desk, (0..20).map(|n| delete(&format!("/products/tea-{n}"))))
            .await;

    assert_eq!(created, [StatusCode::CREATED; 20], "twenty products at once");
    assert_eq!(deleted, [StatusCode::NO_CONTENT; 20], "twenty deletes at once");
    assert_eq!(catalogue(&desk).await, json!([]));
}

/// A request that is refused keeps no transaction open: nobody has to wait for it.
#[tokio::test]
async fn refused_request_leaves_no_lock_behind() {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;
    let other = SqlitePoolOptions::new()
        .connect_lazy_with(scratch.options().busy_timeout(Duration::from_secs(1)));

    for (refused, status) in [
        (post("/products", &tea()), StatusCode::CONFLICT),
        (get("/products/none"), StatusCode::NOT_FOUND),
        (delete("/products/none"), StatusCode::NOT_FOUND),
    ] {
        let what = format!("{} {}", refused.method(), refused.uri());
        assert_eq!(send(&desk, refused).await.status, status, "{what}");
        let write = sqlx::query("UPDATE products SET price_cents = price_cents");
        let written = write.execute(&other).await;
        assert!(
            written.is_ok(),
            "another program writes after {what}: {written:?}"
        );
    }
    let created = send(&desk, post("/products", &mate())).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
}

// ANCHOR: bound
#[rstest]
#[case::quote("Ada's breakfast")]
#[case::sql("x', 0); DROP TABLE products; --")]
#[case::placeholders("? and $1 and :name")]
#[case::another_script("エチオピア ☕")]
#[case::digits("00042")]
#[case::blanks_around(" \tTea \n")]
#[case::capitals_that_grow_when_lowered("TEA \u{130}")]
#[case::letter_and_accent_apart("Cafe\u{301}")]
#[case::zero_byte("Tea\0 after all")]
#[case::two_hundred_letters(&"x".repeat(200))]
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

#[rstest]
#[case::capitals("TEA", "TEA")]
#[case::blank_after("tea ", "tea%20")]
#[case::blank_before(" tea", "%20tea")]
#[case::shorter("te", "te")]
#[case::longer("tea-250", "tea-250")]
#[case::digits("00042", "00042")]
#[case::sql("x'OR'1'='1", "x'OR'1'='1")]
#[case::percent_sign("%", "%25")]
#[case::underscore("te_", "te_")]
#[case::asterisk("te*", "te*")]
#[case::question_mark("te?", "te%3F")]
#[case::brackets("te[a]", "te%5Ba%5D")]
#[case::zero_byte("tea\0", "tea%00")]
#[tokio::test]
async fn sku_is_compared_byte_for_byte(#[case] sku: &str, #[case] in_a_path: &str) {
    let scratch = Scratch::new();
    let desk = desk_with_tea(&scratch.pool()).await;
    let path = format!("/products/{in_a_path}");
    let odd = json!({ "sku": sku, "name": "Odd", "price_cents": 1 });

    for unknown in [get(&path), delete(&path)] {
        let what = format!("{} {path}", unknown.method());
        let answer = send(&desk, unknown).await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{what}: there is tea, and no {sku:?}: {}",
            answer.body
        );
    }
    assert_eq!(catalogue(&desk).await, json!([tea()]), "nobody deleted tea");
    let created = send(&desk, post("/products", &odd)).await;
    assert_eq!(
        (created.status, created.json()),
        (StatusCode::CREATED, odd.clone())
    );
    assert_eq!(send(&desk, get(&path)).await.json(), odd);
    assert_eq!(send(&desk, get("/products/tea")).await.json(), tea());

    send(&desk, delete("/products/tea")).await;

    assert_eq!(catalogue(&desk).await, json!([odd]), "only tea was deleted");
    assert_eq!(send(&desk, delete(&path)).await.status, StatusCode::NO_CONTENT);
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
    send(&desk, delete("/products/none")).await;

    run(&pool, migration).await;

    assert_eq!(catalogue(&desk).await, json!([tea()]));
    assert_eq!(send(&desk, get("/products/tea")).await.json(), tea());
    let created = send(&desk, post("/products", &mate())).await;
    assert_eq!((created.status, created.json()), (StatusCode::CREATED, mate()));
    assert_eq!(catalogue(&desk).await, json!([tea(), mate()]));
    let deleted = send(&desk, delete("/products/yerba")).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
    assert_eq!(catalogue(&desk).await, json!([tea()]));
}
// ANCHOR_END: columns

/// Holds that this answer tells nobody anything, and that the log has `detail` as one error, not as a panic.
async fn assert_internal_error(
    desk: &Router,
    request: Request<Body>,
    detail: &str,
) {
    let log = Log::listen_to_all_levels();

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
    let headers = format!("{:?}", answer.headers);
    assert!(!headers.contains(detail), "nor in a header: {headers}");
    let log = log.text();
    // A pool says when a connection was long in coming.
    let lines: Vec<_> =
        log.lines().filter(|line| !line.contains("sqlx::")).collect();
    assert!(
        lines.len() == 1 && lines[0].contains("ERROR") && lines[0].contains(detail),
        "the log has {detail:?} in one line at level ERROR, and no other line: {log:?}"
    );
    assert!(
        !log.contains("panic"),
        "a database that fails is no bug of ours: {log:?}"
    );
}

/// Without the pool no connection is to be had; without its table a statement fails.
async fn break_database(pool: &SqlitePool, failure: &str) {
    match failure {
        "no such table: users" => {
            run(pool, "ALTER TABLE users RENAME TO lost_users").await;
        }
        "no such table: products" => {
            run(pool, "ALTER TABLE products RENAME TO lost_products").await;
        }
        _ => pool.close().await,
    }
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
async fn database_failure_is_500_on_user_routes(
    #[case] request: Request<Body>,
    #[values("closed pool", "no such table: users")] failure: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());

    break_database(&pool, failure).await;

    assert_internal_error(&desk, request, failure).await;
}

#[rstest]
#[case::created(post("/products", &tea()))]
#[case::listed(get("/products"))]
#[case::read(get("/products/tea"))]
#[case::deleted(delete("/products/tea"))]
#[tokio::test]
async fn database_failure_is_500_on_product_routes(
    #[case] request: Request<Body>,
    #[values("closed pool", "no such table: products")] failure: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = app_on(pool.clone());

    break_database(&pool, failure).await;

    assert_internal_error(&desk, request, failure).await;
}
// ANCHOR_END: closed

#[rstest]
#[case::by_a_trigger(
    "CREATE TRIGGER full BEFORE INSERT ON products BEGIN
         SELECT RAISE(ABORT, 'UNIQUE shelf: it is full');
     END;",
    "UNIQUE shelf: it is full"
)]
#[case::by_a_check(
    "ALTER TABLE products
     ADD COLUMN shelf TEXT NOT NULL DEFAULT 'none' CHECK (shelf <> 'none')",
    "CHECK constraint failed"
)]
#[tokio::test]
async fn other_refusal_of_the_database_is_500_not_409(
    #[case] refusal: &'static str,
    #[case] detail: &str,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    run(&pool, refusal).await;
    let desk = app_on(pool);

    assert_internal_error(&desk, post("/products", &tea()), detail).await;

    assert_eq!(catalogue(&desk).await, json!([]));
}

#[tokio::test]
async fn delete_that_the_database_refuses_is_500_and_keeps_the_product() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = desk_with_tea(&pool).await;
    let ordered = "CREATE TRIGGER ordered BEFORE DELETE ON products BEGIN
                       SELECT RAISE(ABORT, 'tea is on order');
                   END;";
    run(&pool, ordered).await;

    assert_internal_error(&desk, delete("/products/tea"), "tea is on order").await;

    assert_eq!(catalogue(&desk).await, json!([tea()]));
}

/// A deferred foreign key is checked by the commit, after the statement has given its rows.
#[tokio::test]
async fn failed_commit_is_500_and_changes_nothing() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = desk_with_tea(&pool).await;
    let ada = json!({ "email": "ada@beans.example", "name": "Ada" });
    let created = send(&desk, post("/users", &ada)).await;
    let ada = created.header(header::LOCATION).to_owned();
    let ledger = "CREATE TABLE ledger (entry TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
                  CREATE TRIGGER created AFTER INSERT ON products BEGIN
                      INSERT INTO ledger (entry) VALUES ('nobody');
                  END;
                  CREATE TRIGGER deleted AFTER DELETE ON products BEGIN
                      INSERT INTO ledger (entry) VALUES ('nobody');
                  END;
                  CREATE TRIGGER changed AFTER UPDATE ON users BEGIN
                      INSERT INTO ledger (entry) VALUES ('nobody');
                  END;";
    run(&pool, ledger).await;

    for request in [
        post("/products", &mate()),
        delete("/products/tea"),
        patch(&ada, &json!({ "name": "Ada L." })),
    ] {
        assert_internal_error(&desk, request, "FOREIGN KEY constraint failed")
            .await;

        assert_eq!(catalogue(&desk).await, json!([tea()]));
        assert_eq!(send(&desk, get(&ada)).await.json(), created.json());
    }
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
