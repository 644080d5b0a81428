//! What the order desk does, asked of the use cases themselves: no request, no router.

use sqlx::SqlitePool;
use use_case::{
    adapters::sqlite,
    application::{
        Accounts, Line, OrderDesk, PlaceOrder, PlaceOrderError, RegisterUser,
    },
    domain::{
        AddItemError, Currency, CustomerId, Money, MoneyError, Order, Quantity,
        Sku, StateName, SubmitError, User,
    },
};
use uuid::Uuid;

use crate::Scratch;

/// Somebody who wants an account.
fn ada() -> RegisterUser {
    RegisterUser {
        email: "ada@beans.example".parse().expect("an e-mail address"),
        name: use_case::domain::Name::new("Ada").expect("a name"),
        phone: None,
    }
}

/// Puts a product into the catalogue, which has no use cases.
async fn offer(pool: &SqlitePool, sku: &str, name: &str, price_cents: i64) {
    sqlx::query("INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)")
        .bind(sku)
        .bind(name)
        .bind(price_cents)
        .execute(pool)
        .await
        .expect("a product");
}

fn lines(wanted: &[(&str, i64)]) -> Vec<Line> {
    let line = |(sku, quantity): &(&str, i64)| Line {
        sku: Sku::new(sku).expect("a sku"),
        quantity: Quantity::new(*quantity).expect("a quantity"),
    };
    wanted.iter().map(line).collect()
}

fn customer(user: &User) -> CustomerId {
    CustomerId::of(user.id())
}

fn euros(cents: i64) -> Money {
    Money::from_minor(cents, Currency::Eur)
}

/// Ada, who has an account, and a desk that offers tea and mate.
async fn desk() -> (Scratch, Accounts, OrderDesk, User) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    offer(&pool, "tea", "Tea, after all", 400).await;
    offer(&pool, "mate", "Mate", 700).await;
    let accounts = Accounts::new(pool.clone());
    let ada = User::register(
        use_case::domain::UserId::new(Uuid::now_v7()),
        ada().email,
        ada().name,
        None,
    );
    let mut connection = pool.acquire().await.expect("a connection");
    sqlite::users::insert(&mut connection, &ada).await.expect("Ada has an account");
    (scratch, accounts, OrderDesk::new(pool), ada)
}

// ANCHOR: register
#[tokio::test]
async fn a_user_registers_without_http() {
    let scratch = Scratch::new();
    let accounts = Accounts::new(scratch.pool());

    let registered = accounts.register(ada()).await.expect("an account");

    assert_eq!(
        (registered.email().as_str(), registered.is_active()),
        ("ada@beans.example", true),
        "a new user is active"
    );
    let kept = accounts.find(registered.id()).await.expect("the account is kept");
    assert_eq!(
        (kept.email(), kept.name(), kept.staff_note()),
        (registered.email(), registered.name(), registered.staff_note())
    );
}
// ANCHOR_END: register

// ANCHOR: place
#[tokio::test]
async fn an_order_is_placed_without_http() {
    let (_scratch, _, desk, ada) = desk().await;

    let wanted = PlaceOrder {
        customer: customer(&ada),
        lines: lines(&[("tea", 2), ("mate", 1)]),
    };
    let placed = desk.place(wanted).await.expect("an order");

    assert_eq!(
        (placed.customer(), placed.state().name(), placed.total()),
        (customer(&ada), StateName::Submitted, euros(1500)),
        "it is Ada's, it is submitted, and costs what the catalogue says"
    );
    let kept = desk.find(placed.id()).await.expect("an answer");
    assert_eq!(
        kept.as_ref().map(Order::items),
        Some(placed.items()),
        "the order is kept with all its lines"
    );
}
// ANCHOR_END: place

/// How many orders Ada has.
async fn count(desk: &OrderDesk, ada: &User) -> usize {
    let orders = desk.of_customer(customer(ada)).await.expect("an answer");
    orders.expect("Ada has an account").len()
}

#[tokio::test]
async fn a_deactivated_user_places_no_order() {
    let (_scratch, accounts, desk, ada) = desk().await;
    accounts.deactivate(ada.id()).await.expect("Ada is deactivated");

    let refused = desk
        .place(PlaceOrder { customer: customer(&ada), lines: lines(&[("tea", 1)]) })
        .await;

    assert!(
        matches!(refused, Err(PlaceOrderError::Deactivated)),
        "the staff deactivated Ada: {refused:?}"
    );
    assert_eq!(count(&desk, &ada).await, 0, "nothing is written");
}

#[tokio::test]
async fn an_order_needs_a_customer_products_and_lines() {
    let (_scratch, _, desk, ada) = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());

    let of_nobody =
        desk.place(PlaceOrder { customer: nobody, lines: lines(&[("tea", 1)]) });
    let of_cocoa = desk.place(PlaceOrder {
        customer: customer(&ada),
        lines: lines(&[("tea", 1), ("cocoa", 1)]),
    });
    let of_nothing =
        desk.place(PlaceOrder { customer: customer(&ada), lines: vec![] });

    assert!(
        matches!(of_nobody.await, Err(PlaceOrderError::NoSuchCustomer(id)) if id == nobody),
        "the error says who is not there"
    );
    assert!(
        matches!(of_cocoa.await, Err(PlaceOrderError::NoSuchProduct(sku)) if sku.as_str() == "cocoa"),
        "the error says what is not sold"
    );
    assert!(
        matches!(
            of_nothing.await,
            Err(PlaceOrderError::Submit(SubmitError::Empty))
        ),
        "the order itself refuses to be empty"
    );
    assert_eq!(count(&desk, &ada).await, 0, "nothing is written");
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_by_the_order() {
    let (scratch, _, desk, ada) = desk().await;
    offer(&scratch.pool(), "moon", "A moon", i64::MAX).await;

    let refused = desk
        .place(PlaceOrder {
            customer: customer(&ada),
            lines: lines(&[("moon", 2)]),
        })
        .await;

    assert!(
        matches!(
            refused,
            Err(PlaceOrderError::AddItem(AddItemError::Price(
                MoneyError::Overflow
            )))
        ),
        "two of them are more than money can count: {refused:?}"
    );
}
