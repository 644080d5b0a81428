//! The staff deactivates a user while the service is at work on an order of hers.

use rstest::rstest;

use crate::{
    fixtures::{place, stocked},
    service::{Scratch, app_on},
    staff::order_meanwhile,
    ways::Way,
};

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

    let (deactivate, activate) =
        ("UPDATE users SET active = 0", "UPDATE users SET active = 1");
    order_meanwhile(&scratch, (way, &before), deactivate, activate).await;

    let late: i64 = sqlx::query_scalar("SELECT count(*) FROM late")
        .fetch_one(&pool)
        .await
        .expect("a number");
    assert_eq!(
        late, 0,
        "orders of Ada that were written after she was deactivated: the service had asked before"
    );
}
