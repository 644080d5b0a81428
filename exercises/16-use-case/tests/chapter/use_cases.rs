//! What the order desk does, asked of the use cases themselves: no request, no router.

use crate::desk::{
    adapters::sqlite,
    application::{
        Accounts, Line, OrderDesk, PlaceOrder, PlaceOrderError, RegisterUser,
        RepeatOrderError,
    },
    domain::{
        AddItemError, Currency, CustomerId, Money, MoneyError, Name, Order,
        OrderId, Quantity, Sku, StateName, SubmitError, User, UserId,
    },
};
use sqlx::SqlitePool;
use uuid::Uuid;

use crate::service::Scratch;

// ANCHOR: desk
/// The order desk on a database of its own, tea and mate in its catalogue, and Ada, who has an account.
struct Desk {
    accounts: Accounts,
    orders: OrderDesk,
    pool: SqlitePool,
    ada: User,
    _scratch: Scratch,
}

async fn desk() -> Desk {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    offer(&pool, "tea", "Tea, after all", 400).await;
    offer(&pool, "mate", "Mate", 700).await;
    Desk {
        accounts: Accounts::new(pool.clone()),
        orders: OrderDesk::new(pool.clone()),
        ada: account_of_ada(&pool).await,
        pool,
        _scratch: scratch,
    }
}
// ANCHOR_END: desk

/// Somebody who wants an account.
fn ada() -> RegisterUser {
    RegisterUser {
        email: "ada@beans.example".parse().expect("an e-mail address"),
        name: Name::new("Ada").expect("a name"),
        phone: None,
    }
}

/// Opens Ada's account without the use case, so that the tests of orders do not wait for it.
async fn account_of_ada(pool: &SqlitePool) -> User {
    let RegisterUser { email, name, phone } = ada();
    let ada = User::register(UserId::new(Uuid::now_v7()), email, name, phone);
    let mut connection = pool.acquire().await.expect("a connection");
    sqlite::users::insert(&mut connection, &ada).await.expect("an account");
    ada
}

/// Puts a product into the catalogue, which has no use cases.
async fn offer(pool: &SqlitePool, sku: &str, name: &str, price_cents: i64) {
    sqlx::query(
        "INSERT INTO products (sku, name, price_cents) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name, price_cents = excluded.price_cents",
    )
    .bind(sku)
    .bind(name)
    .bind(price_cents)
    .execute(pool)
    .await
    .expect("a product");
}

/// Takes a product out of the catalogue.
async fn take_away(pool: &SqlitePool, sku: &str) {
    let delete = sqlx::query("DELETE FROM products WHERE sku = ?").bind(sku);
    delete.execute(pool).await.expect("one product less");
}

fn euros(cents: i64) -> Money {
    Money::from_minor(cents, Currency::Eur)
}

impl Desk {
    fn ada(&self) -> CustomerId {
        CustomerId::of(self.ada.id())
    }

    /// Places an order of Ada's.
    async fn place(
        &self,
        wanted: &[(&str, i64)],
    ) -> Result<Order, PlaceOrderError> {
        let line = |(sku, quantity): &(&str, i64)| Line {
            sku: Sku::new(sku).expect("a sku"),
            quantity: Quantity::new(*quantity).expect("a quantity"),
        };
        let lines = wanted.iter().map(line).collect();
        self.orders.place(PlaceOrder { customer: self.ada(), lines }).await
    }

    /// How many orders Ada has.
    async fn count(&self) -> usize {
        let orders = self.orders.of_customer(self.ada()).await.expect("an answer");
        orders.expect("Ada has an account").len()
    }
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
    let desk = desk().await;

    let placed = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");

    assert_eq!(
        (placed.customer(), placed.state().name(), placed.total()),
        (desk.ada(), StateName::Submitted, euros(1500)),
        "it is Ada's, it is submitted, and costs what the catalogue says"
    );
    let kept = desk.orders.find(placed.id()).await.expect("an answer");
    assert_eq!(
        kept.as_ref().map(Order::items),
        Some(placed.items()),
        "the order is kept with all its lines"
    );
}
// ANCHOR_END: place

// ANCHOR: deactivated
#[tokio::test]
async fn a_deactivated_user_places_no_order() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let placed = desk.place(&[("tea", 1)]).await;
    let repeated = desk.orders.repeat(before.id()).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "the staff deactivated Ada: {placed:?}"
    );
    assert!(
        matches!(
            repeated,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "the same again is an order too: {repeated:?}"
    );
    assert_eq!(desk.count().await, 1, "the one from before, and no more");
}
// ANCHOR_END: deactivated

#[tokio::test]
async fn whoever_may_not_order_is_told_that_first() {
    let desk = desk().await;
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let placed = desk.place(&[("cocoa", 1)]).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "what is sold is no matter of hers: {placed:?}"
    );
}

#[tokio::test]
async fn an_order_needs_a_customer_products_and_lines() {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());

    let of_nobody =
        desk.orders.place(PlaceOrder { customer: nobody, lines: vec![] }).await;
    let of_cocoa = desk.place(&[("tea", 1), ("cocoa", 1)]).await;
    let of_nothing = desk.place(&[]).await;

    assert!(
        matches!(of_nobody, Err(PlaceOrderError::NoSuchCustomer(id)) if id == nobody),
        "the error says who is not there: {of_nobody:?}"
    );
    assert!(
        matches!(&of_cocoa, Err(PlaceOrderError::NoSuchProduct(sku)) if sku.as_str() == "cocoa"),
        "the error says what is not sold: {of_cocoa:?}"
    );
    assert!(
        matches!(of_nothing, Err(PlaceOrderError::Submit(SubmitError::Empty))),
        "the order itself refuses to be empty: {of_nothing:?}"
    );
    assert_eq!(desk.count().await, 0, "nothing is kept");
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_by_the_order() {
    let desk = desk().await;
    offer(&desk.pool, "moon", "A moon", i64::MAX).await;

    let refused = desk.place(&[("moon", 2)]).await;

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

// ANCHOR: repeat
#[tokio::test]
async fn the_same_again_costs_what_it_costs_today() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 2)]).await.expect("an order");
    offer(&desk.pool, "tea", "Tea, the last of it", 500).await;

    let again = desk.orders.repeat(before.id()).await.expect("an order");

    assert_ne!(again.id(), before.id(), "it is an order of its own");
    assert_eq!(again.total(), euros(1000), "two of them, at today's price");
    let kept = desk.orders.find(before.id()).await.expect("an answer");
    assert_eq!(
        kept.map(|order| order.total()),
        Some(euros(800)),
        "and the one before stays what was agreed"
    );
}
// ANCHOR_END: repeat

#[tokio::test]
async fn what_is_gone_or_was_never_there_cannot_be_had_again() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 2)]).await.expect("an order");
    take_away(&desk.pool, "tea").await;
    let none = OrderId::new(Uuid::now_v7());

    let gone = desk.orders.repeat(before.id()).await;
    let never = desk.orders.repeat(none).await;

    assert!(
        matches!(&gone, Err(RepeatOrderError::Place(PlaceOrderError::NoSuchProduct(sku))) if sku.as_str() == "tea"),
        "the error says what is gone: {gone:?}"
    );
    assert!(
        matches!(never, Err(RepeatOrderError::NoSuchOrder(id)) if id == none),
        "there is no such order: {never:?}"
    );
}
