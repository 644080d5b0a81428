//! The staff deactivates a user while the service is at work on an order of hers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use rstest::rstest;
use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};

use crate::{
    fixtures::{place, stocked},
    service::{Scratch, app_on},
    ways::Way,
};

// ANCHOR: between
/// A pool for one request. When it has taken `turns` connections and takes another, the staff has been quicker, and
/// the user is deactivated.
fn pool_with_a_quick_staff(scratch: &Scratch, turns: usize) -> SqlitePool {
    let staff = SqlitePoolOptions::new()
        .connect_lazy_with(scratch.options().busy_timeout(Duration::ZERO));
    let taken = Arc::new(AtomicUsize::new(0));
    let take = move || {
        let (staff, taken) = (staff.clone(), Arc::clone(&taken));
        async move {
            if taken.fetch_add(1, Ordering::SeqCst) == turns {
                // Refused while the request holds the writer's lock: then the staff is not quicker.
                let _ = sqlx::query("UPDATE users SET active = 0")
                    .execute(&staff)
                    .await;
            }
            Ok(true)
        }
    };
    let take_again = take.clone();
    SqlitePoolOptions::new()
        .after_connect(move |_, _| {
            let taken = take();
            Box::pin(async move { taken.await.map(drop) })
        })
        .before_acquire(move |_, _| Box::pin(take_again()))
        .connect_lazy_with(scratch.options())
}

#[rstest]
#[case::in_the_web_shop(Way::WebShop)]
#[case::by_telephone(Way::Telephone)]
#[case::the_same_again(Way::TheSameAgain)]
#[tokio::test]
async fn no_deactivation_between_check_and_order(
    #[case] way: Way,
) {
    let scratch = Scratch::new();
    let (app, ada) = stocked(app_on(scratch.pool())).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    let watch = "CREATE TABLE late (order_id TEXT);
                 CREATE TRIGGER watch AFTER INSERT ON orders
                 WHEN NOT (SELECT active FROM users WHERE id = NEW.customer_id) BEGIN
                     INSERT INTO late (order_id) VALUES (NEW.id);
                 END;";
    sqlx::raw_sql(watch).execute(&scratch.pool()).await.expect("a trigger");

    for turns in 1..=3 {
        let again = sqlx::query("UPDATE users SET active = 1");
        again.execute(&scratch.pool()).await.expect("Ada is active");
        let pool = pool_with_a_quick_staff(&scratch, turns);
        way.order(&app_on(pool), &before).await;
    }

    let late: i64 = sqlx::query_scalar("SELECT count(*) FROM late")
        .fetch_one(&scratch.pool())
        .await
        .expect("a number");
    assert_eq!(
        late, 0,
        "Ada was active when the service asked, and not any more when it wrote her order"
    );
}
// ANCHOR_END: between
