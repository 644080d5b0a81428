//! The staff writes something while the service is at work on an order.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value;
use sqlx::{Connection, SqliteConnection, SqlitePool, sqlite::SqlitePoolOptions};
use tokio::runtime::Handle;

use crate::{
    service::{Scratch, app_on},
    ways::Way,
};

// ANCHOR: between
/// The staff has a connection of its own, and does not wait for its turn. It acts between two steps of the database.
struct Staff {
    connection: SqliteConnection,
    test: Handle,
    /// What it writes, and at which step of the request. `None`: it looks at every step whether it could write.
    write: Option<(&'static str, usize)>,
    /// The steps that the request has taken.
    steps: usize,
    /// The steps at which the request did not keep others from writing.
    open: Vec<usize>,
}

impl Staff {
    fn step(&mut self) {
        self.steps += 1;
        let sql = match self.write {
            None => "BEGIN IMMEDIATE; ROLLBACK",
            Some((sql, at)) if at == self.steps => sql,
            Some(_) => return,
        };
        let write = sqlx::raw_sql(sql).execute(&mut self.connection);
        if self.test.block_on(write).is_ok() {
            self.open.push(self.steps);
        }
    }
}

/// Orders in this way again and again. At each step at which the service does not keep others from writing, the staff
/// writes this, once in each order. What it has written is undone before.
pub async fn order_meanwhile(
    scratch: &Scratch,
    order: (Way, &Value),
    write: &'static str,
    undo: &'static str,
) {
    let open = order_once(scratch, order, None).await;
    // The last of them are those between the questions and the turn as the writer.
    for at in open.into_iter().rev().take(100) {
        sqlx::raw_sql(undo).execute(&scratch.pool()).await.expect("it is undone");
        order_once(scratch, order, Some((write, at))).await;
    }
}

/// Orders, and gives the steps at which the staff could have written, or has.
async fn order_once(
    scratch: &Scratch,
    (way, before): (Way, &Value),
    write: Option<(&'static str, usize)>,
) -> Vec<usize> {
    let impatient = scratch.options().busy_timeout(Duration::ZERO);
    let connection = SqliteConnection::connect_with(&impatient).await;
    let connection = connection.expect("a connection");
    let test = Handle::current();
    let staff = Staff { connection, test, write, steps: 0, open: Vec::new() };
    let staff = Arc::new(Mutex::new(staff));

    let pool = watched(scratch, &staff);
    way.order(&app_on(pool.clone()), before).await;
    pool.close().await;

    let staff = staff.lock().expect("no step panics");
    staff.open.clone()
}

/// A pool whose connections let the staff act after each step.
fn watched(scratch: &Scratch, staff: &Arc<Mutex<Staff>>) -> SqlitePool {
    let staff = Arc::clone(staff);
    SqlitePoolOptions::new()
        .after_connect(move |connection, _| {
            let staff = Arc::clone(&staff);
            Box::pin(async move {
                let mut connection = connection.lock_handle().await?;
                connection.set_progress_handler(1, move || {
                    staff.lock().expect("no step panics").step();
                    true
                });
                Ok(())
            })
        })
        .connect_lazy_with(scratch.options())
}
// ANCHOR_END: between
