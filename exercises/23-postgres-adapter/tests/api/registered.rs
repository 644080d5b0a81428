//! Who registers, and with whose address.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use axum::{Router, http::StatusCode};
use insta::assert_json_snapshot;
use postgres_adapter::{
    AppState,
    adapters::{
        in_memory::InMemoryUsers,
        sqlite::{self, SqliteUsers},
        system::RandomIds,
    },
    app as service,
    application::{
        Accounts,
        ports::{InsertUserError, StorageError, UpdateError, UserRepository},
    },
    domain::{Email, User, UserId},
};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use testkit::{Answer, get, post, send};
use tokio::{
    sync::Barrier,
    task::{self, Id},
    time::timeout,
};

use crate::{Scratch, app, composition::on_sqlite, desk::sign_up};

fn somebody(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

#[tokio::test]
async fn a_taken_address_is_a_conflict() {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve =
        send(&app, post("/users", &somebody("Eve", "ada@beans.example"))).await;

    assert_eq!(eve.status, StatusCode::CONFLICT, "{}", eve.body);
    assert_json_snapshot!(eve.json(), @r#"
    {
      "detail": "There is an account with this e-mail address already",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
}

#[rstest]
#[case::in_capitals("ADA@BEANS.EXAMPLE")]
#[case::with_white_space(" ada@beans.example ")]
#[tokio::test]
async fn another_way_to_write_it_is_the_same_address(#[case] email: &str) {
    let app = app();
    sign_up(&app, "Ada").await;

    let eve = send(&app, post("/users", &somebody("Eve", email))).await;

    assert_eq!(eve.status, StatusCode::CONFLICT, "{}", eve.body);
}

#[tokio::test]
async fn the_address_of_a_deactivated_user_stays_taken() {
    let app = app();
    let ada = sign_up(&app, "Ada").await;
    send(&app, crate::desk::deactivate(&ada)).await;

    let again =
        send(&app, post("/users", &somebody("Ada", "ada@beans.example"))).await;

    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
}

#[tokio::test]
async fn the_staff_finds_a_user_by_the_address() {
    let app = app();
    let ada = sign_up(&app, "Ada").await;

    let found = send(&app, get("/staff/users?email=Ada@beans.example")).await;

    assert_eq!((found.status, &found.json()["id"]), (StatusCode::OK, &json!(ada)));
    assert_eq!(found.json()["active"], true, "as the staff sees a user");
}

#[rstest]
#[case::of_nobody("nobody@beans.example", StatusCode::NOT_FOUND)]
#[case::that_is_none("nobody", StatusCode::NOT_FOUND)]
#[tokio::test]
async fn an_address_finds_nobody(#[case] email: &str, #[case] status: StatusCode) {
    let answer = send(&app(), get(&format!("/staff/users?email={email}"))).await;

    assert_eq!(answer.status, status, "{}", answer.body);
}

// ANCHOR: meet
/// Users behind a barrier: nobody goes on to write before the other has come as far. Each request comes to it once, in a
/// task of its own: after its question, or before it writes if it did not ask.
#[derive(Debug)]
struct BehindABarrier {
    users: Arc<dyn UserRepository>,
    barrier: Arc<Barrier>,
    came: Mutex<HashSet<Id>>,
}

impl BehindABarrier {
    async fn wait_for_the_other(&self) {
        if self.came.lock().expect("no test panics here").insert(task::id()) {
            let both = timeout(Duration::from_secs(10), self.barrier.wait());
            both.await
                .expect("both can come here: nobody waits for the other before");
        }
    }
}
// ANCHOR_END: meet

#[async_trait]
impl UserRepository for BehindABarrier {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        self.users.find(id).await
    }

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        let found = self.users.find_by_email(email).await;
        self.wait_for_the_other().await;
        found
    }

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        self.wait_for_the_other().await;
        self.users.insert(user).await
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        self.users.update(user).await
    }
}

/// Two apps on the same users, as two processes are, that meet before they write.
fn two_apps(pool: &SqlitePool, users: Arc<dyn UserRepository>) -> [Router; 2] {
    let barrier = Arc::new(Barrier::new(2));
    [(); 2].map(|()| {
        let users = Arc::new(BehindABarrier {
            users: Arc::clone(&users),
            barrier: Arc::clone(&barrier),
            came: Mutex::default(),
        });
        let accounts = Accounts::new(users, Arc::new(RandomIds));
        service(AppState { accounts, ..on_sqlite(pool.clone()) })
    })
}

// ANCHOR: race
/// Ada and Eve want the same address, each from an app of her own.
async fn race([one, other]: [Router; 2]) -> [Answer; 2] {
    let register = |app: Router, name: &'static str| {
        task::spawn(async move {
            send(&app, post("/users", &somebody(name, "ada@beans.example"))).await
        })
    };
    let (ada, eve) = (register(one, "Ada"), register(other, "Eve"));
    [ada.await.expect("an answer"), eve.await.expect("an answer")]
}

#[rstest]
#[case::sqlite(|pool: SqlitePool| Arc::new(SqliteUsers::new(pool)) as Arc<dyn UserRepository>)]
#[case::in_memory(|_| Arc::new(InMemoryUsers::default()) as Arc<dyn UserRepository>)]
#[tokio::test]
async fn of_two_at_once_with_one_address_one_gets_the_account(
    #[case] users: fn(SqlitePool) -> Arc<dyn UserRepository>,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let apps = two_apps(&pool, users(pool.clone()));

    let mut statuses = race(apps).await.map(|answer| answer.status);

    statuses.sort();
    assert_eq!(
        statuses,
        [StatusCode::CREATED, StatusCode::CONFLICT],
        "both asked before either had written"
    );
}
// ANCHOR_END: race

// ANCHOR: twins
#[tokio::test]
async fn twins_from_before_stop_the_start_and_nothing_is_lost() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let before = "DROP INDEX IF EXISTS users_by_email;
        DELETE FROM _sqlx_migrations WHERE version = 7;
        INSERT INTO users (id, email, name, staff_note) VALUES
            ('01a20add-41fd-77b4-9a14-b73987763797', 'ada@beans.example', 'Ada', ''),
            ('01a20add-4264-76c5-b3a7-83fd3964575d', 'Ada@Beans.example', 'Ada', '');";
    sqlx::raw_sql(before).execute(&pool).await.expect("what chapter 21 let in");

    let refused = sqlite::open(scratch.options()).await;

    let error = refused.expect_err("nobody can say which of the two it is");
    assert!(error.to_string().contains("users.email"), "what is wrong? {error}");
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT email FROM users ORDER BY id")
            .fetch_all(&pool)
            .await
            .expect("the table is there");
    assert_eq!(kept, ["ada@beans.example", "Ada@Beans.example"], "as it was");
}
// ANCHOR_END: twins

#[tokio::test]
async fn an_address_from_before_is_found_whatever_letters_it_had() {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let before = "DROP INDEX IF EXISTS users_by_email;
        DELETE FROM _sqlx_migrations WHERE version = 7;
        INSERT INTO users (id, email, name, staff_note) VALUES
            ('01a20add-41fd-77b4-9a14-b73987763797', ' Ada@Beans.example', 'Ada', '');";
    sqlx::raw_sql(before).execute(&pool).await.expect("what chapter 7 let in");

    let pool = sqlite::open(scratch.options()).await.expect("the migration runs");
    let app = service(on_sqlite(pool));

    let found = send(&app, get("/staff/users?email=ada@beans.example")).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
}
