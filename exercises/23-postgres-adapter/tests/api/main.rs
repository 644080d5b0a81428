//! What a client can rely on, one module for each feature.

use std::{sync::Arc, thread};

use axum::{Extension, Router};
use postgres_adapter::adapters::sqlite;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use tempfile::TempDir;

use composition::on_sqlite;

mod architecture;
mod clock;
mod composition;
mod contract;
mod database_file;
mod deactivated;
mod delete;
mod desk;
mod errors;
mod exact;
mod fixed;
mod health;
mod index;
mod nul;
mod on_purpose;
mod one_moment;
mod orders;
mod other_adapters;
mod pages;
mod postgres;
mod products;
mod race;
mod registered;
mod rows;
mod state;
mod swap;
mod too_late;
mod use_cases;
mod users;

// ANCHOR: app
/// The service as a test starts it: on a database file of its own, with nobody in it. The file goes with the app.
fn app() -> Router {
    let scratch = Scratch::new();
    postgres_adapter::app(on_sqlite(scratch.pool())).layer(Extension(scratch))
}

/// A folder of one test, with an empty database in it. It is deleted with the last clone of this value.
#[derive(Debug, Clone)]
struct Scratch(Arc<TempDir>);

impl Scratch {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let scratch = Self(Arc::new(folder));
        let options = scratch.options();
        // Another thread waits for the database. So `app()` is no async function, and the tests of the chapters
        // before stay as they were.
        let migrate = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let pool = sqlite::open(options).await.expect("the migrations run");
                pool.close().await;
            });
        });
        migrate.join().expect("a database with all migrations");
        scratch
    }

    /// How the service opens it, but for one thing: no test pulls the plug, so no commit waits for the disk.
    fn options(&self) -> SqliteConnectOptions {
        let file = self.0.path().join("order-desk.db");
        sqlite::options(&file).synchronous(SqliteSynchronous::Off)
    }

    fn pool(&self) -> SqlitePool {
        sqlite::pool(self.options())
    }
}
// ANCHOR_END: app
