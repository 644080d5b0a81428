//! The price of a product changes while the service is at work on an order of it.

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
async fn no_price_change_between_lookup_and_order(#[case] way: Way) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    let (app, ada) = stocked(app_on(pool.clone())).await;
    let before = place(&app, &ada, &[("tea", 1)]).await;
    let watch = "CREATE TABLE old_prices (order_id TEXT);
                 CREATE TRIGGER watch AFTER INSERT ON order_items
                 WHEN NEW.unit_price_cents <> (SELECT price_cents FROM products WHERE sku = NEW.sku) BEGIN
                     INSERT INTO old_prices (order_id) VALUES (NEW.order_id);
                 END;";
    sqlx::raw_sql(watch).execute(&pool).await.expect("a trigger");

    let (dearer, as_before) = (
        "UPDATE products SET price_cents = 500 WHERE sku = 'tea'",
        "UPDATE products SET price_cents = 400 WHERE sku = 'tea'",
    );
    order_meanwhile(&scratch, (way, &before), dearer, as_before).await;

    let old: i64 = sqlx::query_scalar("SELECT count(*) FROM old_prices")
        .fetch_one(&pool)
        .await
        .expect("a number");
    assert_eq!(
        old, 0,
        "lines written at a price that was no longer that of the catalogue: the service had asked before its turn"
    );
}
