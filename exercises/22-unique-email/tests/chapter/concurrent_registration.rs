//! Two want one address at the same moment. It does not happen by chance here.

use std::{
    collections::{BTreeMap, HashSet},
    env, mem,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::desk::{
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
use async_trait::async_trait;
use axum::Router;
use rstest::rstest;
use serde_json::json;
use sqlx::SqlitePool;
use testkit::{post, send};
use tokio::{sync::Barrier, task, time::timeout};

use crate::service::{Scratch, state_on};

// ANCHOR: meet
/// Users behind a barrier: nobody goes on to write before the other has come as far. For each address an app comes to it
/// once: after its question, or before it writes if it did not ask.
#[derive(Debug)]
struct BehindABarrier {
    users: Arc<dyn UserRepository>,
    barrier: Arc<Barrier>,
    came: Mutex<HashSet<Email>>,
    alone: Arc<AtomicBool>,
    written: Arc<Mutex<Vec<UserId>>>,
}

impl BehindABarrier {
    async fn wait_for_the_other(&self, email: &Email) {
        if lock(&self.came).insert(email.clone()) {
            let both = timeout(Duration::from_secs(5), self.barrier.wait());
            if both.await.is_err() {
                self.alone.store(true, Ordering::SeqCst);
            }
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
        self.wait_for_the_other(email).await;
        found
    }

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        self.wait_for_the_other(user.email()).await;
        lock(&self.written).push(user.id());
        self.users.insert(user).await
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        self.users.update(user).await
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().expect("nobody panics here")
}

/// Two apps on the same users, as two processes are.
#[derive(Debug)]
struct TwoApps {
    users: Arc<dyn UserRepository>,
    apps: [Router; 2],
    /// Whether one of them waited in vain for the other.
    alone: Arc<AtomicBool>,
    written: Arc<Mutex<Vec<UserId>>>,
}

impl TwoApps {
    fn on(users: Arc<dyn UserRepository>, pool: &SqlitePool) -> Self {
        let barrier = Arc::new(Barrier::new(2));
        let (alone, written) = (Arc::default(), Arc::default());
        let apps = [(); 2].map(|()| {
            let users = Arc::new(BehindABarrier {
                users: Arc::clone(&users),
                barrier: Arc::clone(&barrier),
                came: Mutex::default(),
                alone: Arc::clone(&alone),
                written: Arc::clone(&written),
            });
            let accounts = Accounts::new(users, Arc::new(RandomIds));
            service(AppState { accounts, ..state_on(pool.clone()) })
        });
        Self { users, apps, alone, written }
    }

    // ANCHOR: race
    /// Ada and Eve want the same address, each from an app of her own. What do they get?
    async fn race(&self, email: &str) -> String {
        let register = |app: &Router, name| {
            let (app, body) =
                (app.clone(), json!({ "name": name, "email": email }));
            task::spawn(async move { send(&app, post("/users", &body)).await })
        };
        let (ada, eve) =
            (register(&self.apps[0], "Ada"), register(&self.apps[1], "Eve"));
        let answers = [
            ada.await.expect("an answer for Ada"),
            eve.await.expect("an answer for Eve"),
        ];
        let mut statuses = answers.map(|answer| answer.status.as_u16());
        statuses.sort();
        format!(
            "{} and {}, accounts: {}",
            statuses[0],
            statuses[1],
            self.kept().await
        )
    }
    // ANCHOR_END: race

    /// How many of those that were written since the last race are there?
    async fn kept(&self) -> usize {
        let written = mem::take(&mut *lock(&self.written));
        let mut kept = 0;
        for id in written {
            let found = self.users.find(id).await.expect("an answer");
            kept += usize::from(found.is_some());
        }
        kept
    }
}

/// A hundred races, or as many as `RACES` says.
fn how_many() -> usize {
    env::var("RACES").map_or(100, |races| races.parse().expect("a number"))
}

// ANCHOR: races
#[rstest]
#[case::sqlite(|pool: SqlitePool| Arc::new(SqliteUsers::new(pool)) as Arc<dyn UserRepository>)]
#[case::in_memory(|_| Arc::new(InMemoryUsers::default()) as Arc<dyn UserRepository>)]
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_registrations_open_one_account(
    #[case] users: fn(SqlitePool) -> Arc<dyn UserRepository>,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let desk = TwoApps::on(users(pool.clone()), &pool);
    let mut races = BTreeMap::new();

    for n in 0..how_many() {
        let race = desk.race(&format!("{n}@beans.example")).await;
        assert!(
            !desk.alone.load(Ordering::SeqCst),
            "one waits for the other before it comes to the barrier: {race}"
        );
        *races.entry(race).or_default() += 1;
    }

    let right = "201 and 409, accounts: 1".to_owned();
    assert_eq!(
        races,
        BTreeMap::from([(right, how_many())]),
        "both came before either had written"
    );
}
// ANCHOR_END: races

// ANCHOR: one_writer
#[tokio::test]
async fn begin_immediate_keeps_other_writers_out() {
    let scratch = Scratch::new();
    let pool = sqlite::pool(scratch.options().busy_timeout(Duration::ZERO));
    let ada = pool.begin_with("BEGIN IMMEDIATE").await.expect("her turn");

    let eve = pool.begin_with("BEGIN IMMEDIATE").await.map(drop);

    let error = eve.expect_err("Ada may ask and write until she is done");
    assert!(error.to_string().contains("database is locked"), "{error}");
    ada.commit().await.expect("she is done");
    pool.begin_with("BEGIN IMMEDIATE").await.expect("and now it is Eve's turn");
}
// ANCHOR_END: one_writer
