//! The staff deactivates a user while the service is at work on an order of hers.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use rstest::rstest;
use serde_json::Value;
use sqlx::{Connection, SqliteConnection, SqlitePool, sqlite::SqlitePoolOptions};
use tokio::runtime::Handle;

use crate::{
    fixtures::{place, stocked},
    service::{Scratch, app_on},
    ways::Way,
};

// ANCHOR: between
/// The staff has a connection of its own, and does not wait for its turn. It acts between two steps of the database.
struct Staff {
    connection: SqliteConnection,
    test: Handle,
    /// At which step of the request Ada is deactivated. `None`: the staff looks at every step whether it could write.
    at: Option<usize>,
    /// The steps that the request has taken.
    steps: usize,
    /// The steps at which the request did not keep others from writing.
    open: Vec<usize>,
}

impl Staff {
    fn step(&mut self) {
        self.steps += 1;
        let sql = match self.at {
            None => "BEGIN IMMEDIATE; ROLLBACK",
            Some(at) if at == self.steps => "UPDATE users SET active = 0",
            Some(_) => return,
        };
        let write = sqlx::raw_sql(sql).execute(&mut self.connection);
        if self.test.block_on(write).is_ok() {
            self.open.push(self.steps);
        }
    }
}

/// Orders while the staff does this, and gives the steps at which it could have written.
async fn order(
    scratch: &Scratch,
    (way, before): (Way, &Value),
    at: Option<usize>,
) -> Vec<usize> {
    let impatient = scratch.options().busy_timeout(Duration::ZERO);
    let connection = SqliteConnection::connect_with(&impatient).await;
    let connection = connection.expect("a connection");
    let test = Handle::current();
    let staff = Staff { connection, test, at, steps: 0, open: Vec::new() };
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

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn no_deactivation_between_check_and_order(#[case] way: Way) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    let watch = "CREATE TABLE late (order_id TEXT);
                 CREATE TRIGGER watch AFTER INSERT ON orders
                 WHEN NOT (SELECT active FROM users WHERE id = NEW.customer_id) BEGIN
                     INSERT INTO late (order_id) VALUES (NEW.id);
                 END;";
    sqlx::raw_sql(watch).execute(&pool).await.expect("a trigger");

    let open = order(&scratch, (way, &before), None).await;
    for at in open.into_iter().take(100) {
        let again = sqlx::query("UPDATE users SET active = 1");
        again.execute(&pool).await.expect("Ada is active");
        order(&scratch, (way, &before), Some(at)).await;
    }

    let late: i64 = sqlx::query_scalar("SELECT count(*) FROM late")
        .fetch_one(&pool)
        .await
        .expect("a number");
    assert_eq!(
        late, 0,
        "orders of Ada that were written after she was deactivated: the service had asked before"
    );
}
// ANCHOR_END: between
