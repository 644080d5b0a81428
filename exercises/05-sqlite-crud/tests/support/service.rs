//! The service as a test starts it, on a database file of its own.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{sync::Arc, thread};

use axum::{Extension, Router};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use tempfile::TempDir;

pub use crate::wiring::{open, state_on};
use crate::wiring::{options, pool};

// ANCHOR: app
/// The service with nobody in it. The database file goes with the app.
pub fn app() -> Router {
    let scratch = Scratch::new();
    app_on(scratch.pool()).layer(Extension(scratch))
}

/// The service on this database.
pub fn app_on(pool: SqlitePool) -> Router {
    crate::desk::app(state_on(pool))
}

/// A folder of one test, with an empty database in it. It is deleted with the last clone of this value.
#[derive(Debug, Clone)]
pub struct Scratch(pub Arc<TempDir>);

impl Scratch {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let scratch = Self(Arc::new(folder));
        let options = scratch.options();
        // Another thread waits for the database, so `app()` need not be async: the tests of chapters without a
        // database call it as well.
        let migrate = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let pool = open(options).await.expect("the migrations run");
                pool.close().await;
            });
        });
        migrate.join().expect("a database with all migrations");
        scratch
    }

    /// How the service opens it, but for one thing: no test pulls the plug, so no commit waits for the disk.
    pub fn options(&self) -> SqliteConnectOptions {
        let file = self.0.path().join("order-desk.db");
        options(&file).synchronous(SqliteSynchronous::Off)
    }

    pub fn pool(&self) -> SqlitePool {
        pool(self.options())
    }
}
// ANCHOR_END: app

impl Scratch {
    /// Where a query leaves open in which order its rows come, SQLite gives them backwards on this pool.
    pub fn backwards(&self) -> SqlitePool {
        pool(self.options().pragma("reverse_unordered_selects", "ON"))
    }
}
