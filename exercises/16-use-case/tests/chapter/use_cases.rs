//! What the order desk does, asked of the use cases themselves: no request, no router.

use rstest::rstest;
use sqlx::SqlitePool;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    desk::{
        adapters::sqlite,
        application::{
            Accounts, Line, OrderDesk, PlaceOrder, PlaceOrderError, RegisterUser,
            RepeatOrderError,
        },
        domain::{
            AddItemError, Currency, CustomerId, Money, MoneyError, Name, Order,
            OrderId, Phone, Quantity, Sku, StateName, SubmitError, User, UserId,
        },
    },
    service::Scratch,
};

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
        phone: Some(Phone::new("+44 20 7946 0000").expect("a number")),
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

/// Somebody else at the database, who does not go through the service.
async fn run(pool: &SqlitePool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.expect("it can be done");
}

fn euros(cents: i64) -> Money {
    Money::from_minor(cents, Currency::Eur)
}

/// What this customer wants: so many of these skus.
fn wanted(customer: CustomerId, lines: &[(&str, i64)]) -> PlaceOrder {
    let line = |(sku, quantity): &(&str, i64)| Line {
        sku: Sku::new(sku).expect("a sku"),
        quantity: Quantity::new(*quantity).expect("a quantity"),
    };
    PlaceOrder { customer, lines: lines.iter().map(line).collect() }
}

/// Sku, name, quantity and price in cents of each line.
fn lines(order: &Order) -> Vec<(&str, &str, u32, i64)> {
    order
        .items()
        .iter()
        .map(|item| {
            let (sku, price) = (item.sku().as_str(), item.unit_price().minor());
            (sku, item.name(), item.quantity().get(), price)
        })
        .collect()
}

impl Desk {
    fn ada(&self) -> CustomerId {
        CustomerId::of(self.ada.id())
    }

    /// Places an order of Ada's.
    async fn place(&self, lines: &[(&str, i64)]) -> Result<Order, PlaceOrderError> {
        self.orders.place(wanted(self.ada(), lines)).await
    }

    /// How many rows there are of all orders and their items.
    async fn rows(&self) -> i64 {
        let rows = "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)";
        sqlx::query_scalar(rows).fetch_one(&self.pool).await.expect("a number")
    }

    /// Holds that a refusal has written nothing, and that the next order can be placed.
    async fn assert_nothing_written_since(&self, before: i64) {
        assert_eq!(self.rows().await, before, "rows of orders and of items");
        let next = self.place(&[("tea", 1)]).await;
        assert!(next.is_ok(), "the order after the refused one: {next:?}");
    }
}

// ANCHOR: register
#[tokio::test]
async fn user_registers_without_http() {
    let scratch = Scratch::new();
    let accounts = Accounts::new(scratch.pool());

    let registered = accounts.register(ada()).await.expect("an account");

    let all = |user: &User| {
        let (email, name) = (user.email().to_string(), user.name().to_string());
        let phone = user.phone().map(Phone::to_string);
        (user.id(), email, name, phone, user.staff_note().to_owned())
    };
    let wanted = ada();
    assert_eq!(
        (registered.email(), registered.name(), registered.phone()),
        (&wanted.email, &wanted.name, wanted.phone.as_ref()),
        "the account has what its owner said"
    );
    assert!(registered.is_active(), "a new user is active");
    assert_eq!(
        registered.id().uuid().get_version_num(),
        7,
        "the version of the id"
    );
    let kept = accounts.find(registered.id()).await.expect("the account is kept");
    assert_eq!(all(&kept), all(&registered), "what is kept is the answer");
}
// ANCHOR_END: register

#[tokio::test]
async fn two_accounts_may_have_one_email() {
    let scratch = Scratch::new();
    let accounts = Accounts::new(scratch.pool());

    let first = accounts.register(ada()).await.expect("an account");
    let second = accounts.register(ada()).await.expect("another account");

    assert_ne!(first.id(), second.id(), "each account has an id of its own");
}

/// What goes wrong when a user is written.
#[rstest]
#[case::at_the_user(
    "CREATE TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;"
)]
#[case::at_the_commit(
    "CREATE TABLE log (sku TEXT REFERENCES products (sku) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER full AFTER INSERT ON users BEGIN INSERT INTO log VALUES ('nothing'); END;"
)]
#[tokio::test]
async fn unwritable_user_is_not_registered(#[case] full: &'static str) {
    let desk = desk().await;
    run(&desk.pool, full).await;

    let refused = desk.accounts.register(ada()).await;

    assert!(refused.is_err(), "the answer to a user who is not kept: {refused:?}");
    run(&desk.pool, "DROP TRIGGER full").await;
    let next = desk.accounts.register(ada()).await;
    assert!(next.is_ok(), "the account after the refused one: {next:?}");
}

// ANCHOR: place
#[tokio::test]
async fn order_is_placed_without_http() {
    let desk = desk().await;
    let before = OffsetDateTime::now_utc();

    let placed = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");

    assert_eq!(
        (placed.customer(), placed.state().name(), placed.total()),
        (desk.ada(), StateName::Submitted, euros(1500)),
        "it is Ada's, it is submitted, and costs what the catalogue says"
    );
    let submitted_at = placed.state().submitted_at().expect("it is submitted");
    assert!(
        (before..=OffsetDateTime::now_utc()).contains(&submitted_at),
        "submitted now, not {submitted_at}"
    );
    let kept = desk.orders.find(placed.id()).await.expect("an answer");
    let kept = kept.expect("the order is kept");
    assert_eq!(
        (kept.customer(), kept.state(), kept.items()),
        (placed.customer(), placed.state(), placed.items()),
        "the order is kept with all its lines"
    );
}
// ANCHOR_END: place

// ANCHOR: deactivated
#[tokio::test]
async fn deactivated_user_cannot_order() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");
    let rows = desk.rows().await;

    let placed = desk.place(&[("tea", 1)]).await;
    let repeated = desk.orders.repeat(before.id()).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Deactivated)),
        "the staff deactivated Ada, and her order is answered with: {placed:?}"
    );
    assert!(
        matches!(
            repeated,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "the same again is an order too: {repeated:?}"
    );
    assert_eq!(desk.rows().await, rows, "nothing is written");
}
// ANCHOR_END: deactivated

#[tokio::test]
async fn order_needs_customer_products_and_lines() {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());

    let of_nobody = desk.orders.place(wanted(nobody, &[("tea", 1)])).await;
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
    desk.assert_nothing_written_since(0).await;
}

// ANCHOR: checks
#[rstest]
#[case::unknown_product(&[("cocoa", 1)])]
#[case::no_lines(&[])]
#[tokio::test]
async fn customer_is_checked_before_products(#[case] lines: &[(&str, i64)]) {
    let desk = desk().await;
    let nobody = CustomerId::new(Uuid::now_v7());
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let of_nobody = desk.orders.place(wanted(nobody, lines)).await;
    let of_ada = desk.place(lines).await;

    assert!(
        matches!(of_nobody, Err(PlaceOrderError::NoSuchCustomer(_))),
        "first it is asked whether the customer is there: {of_nobody:?}"
    );
    assert!(
        matches!(of_ada, Err(PlaceOrderError::Deactivated)),
        "and then whether she may order: {of_ada:?}"
    );
}

#[tokio::test]
async fn repeat_checks_customer_before_products() {
    let desk = desk().await;
    let before = desk.place(&[("tea", 1)]).await.expect("an order");
    run(&desk.pool, "DELETE FROM products").await;
    desk.accounts.deactivate(desk.ada.id()).await.expect("Ada is deactivated");

    let of_ada = desk.orders.repeat(before.id()).await;
    run(&desk.pool, "PRAGMA foreign_keys = OFF; DELETE FROM users;").await;
    let of_nobody = desk.orders.repeat(before.id()).await;

    assert!(
        matches!(
            of_ada,
            Err(RepeatOrderError::Place(PlaceOrderError::Deactivated))
        ),
        "tea is gone, but first it is asked whether Ada may order: {of_ada:?}"
    );
    assert!(
        matches!(of_nobody, Err(RepeatOrderError::Place(PlaceOrderError::NoSuchCustomer(id))) if id == desk.ada()),
        "and before that, whether she is there: {of_nobody:?}"
    );
}

#[tokio::test]
async fn first_refused_line_is_named() {
    let desk = desk().await;
    offer(&desk.pool, "moon", "A moon", i64::MAX).await;

    let moon_first = desk.place(&[("tea", 1), ("moon", 2), ("cocoa", 1)]).await;
    let cocoa_first = desk.place(&[("cocoa", 1), ("moon", 2), ("kvass", 1)]).await;

    assert!(
        matches!(moon_first, Err(PlaceOrderError::AddItem(_))),
        "two moons are the first line that cannot be ordered: {moon_first:?}"
    );
    assert!(
        matches!(&cocoa_first, Err(PlaceOrderError::NoSuchProduct(sku)) if sku.as_str() == "cocoa"),
        "cocoa is the first line that cannot be ordered: {cocoa_first:?}"
    );

    let before = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");
    offer(&desk.pool, "tea", "Tea of the moon", i64::MAX).await;
    run(&desk.pool, "DELETE FROM products WHERE sku = 'mate'").await;
    let again = desk.orders.repeat(before.id()).await;
    assert!(
        matches!(again, Err(RepeatOrderError::Place(PlaceOrderError::AddItem(_)))),
        "had again, the tea is the first line that cannot be ordered: {again:?}"
    );
}
// ANCHOR_END: checks

#[rstest]
#[case::one_line(&[("moon", 2)])]
#[case::two_lines(&[("moon", 1), ("tea", 1)])]
#[tokio::test]
async fn uncountable_order_is_refused(#[case] lines: &[(&str, i64)]) {
    let desk = desk().await;
    offer(&desk.pool, "moon", "A moon", i64::MAX).await;

    let refused = desk.place(lines).await;

    assert!(
        matches!(
            refused,
            Err(PlaceOrderError::AddItem(AddItemError::Price(
                MoneyError::Overflow
            )))
        ),
        "this is more than money can count: {refused:?}"
    );
    desk.assert_nothing_written_since(0).await;
    let one = desk.place(&[("moon", 1)]).await.expect("one moon can be counted");
    assert_eq!(one.total(), euros(i64::MAX));
}

// ANCHOR: repeat
#[tokio::test]
async fn repeat_uses_prices_of_today() {
    let desk = desk().await;
    offer(&desk.pool, "water", "Water", 0).await;
    let old = [("tea", 2), ("mate", 1), ("tea", 3), ("water", 4)];
    let before = desk.place(&old).await.expect("an order");
    offer(&desk.pool, "tea", "Tea, the last of it", 500).await;
    offer(&desk.pool, "mate", "Mate", 0).await;

    let again = desk.orders.repeat(before.id()).await.expect("an order");

    assert_ne!(again.id(), before.id(), "it is an order of its own");
    assert_eq!(again.customer(), desk.ada(), "of the same customer");
    assert_eq!(
        lines(&again),
        [
            ("tea", "Tea, the last of it", 2, 500),
            ("mate", "Mate", 1, 0),
            ("tea", "Tea, the last of it", 3, 500),
            ("water", "Water", 4, 0),
        ],
        "the same lines, at today's names and prices"
    );
    let kept = desk.orders.find(before.id()).await.expect("an answer");
    assert_eq!(
        kept.as_ref().map(Order::items),
        Some(before.items()),
        "and the order before stays what was agreed"
    );
}
// ANCHOR_END: repeat

#[rstest]
#[case::draft("UPDATE orders SET status = 'draft', submitted_at = NULL")]
#[case::submitted("UPDATE orders SET status = 'submitted'")]
#[case::paid("UPDATE orders SET status = 'paid', paid_at = submitted_at")]
#[case::shipped(
    "UPDATE orders SET status = 'shipped', paid_at = submitted_at, shipped_at = submitted_at"
)]
#[case::cancelled(
    "UPDATE orders SET status = 'cancelled', cancelled_at = submitted_at"
)]
#[tokio::test]
async fn order_in_any_state_can_be_repeated(#[case] moved: &'static str) {
    let desk = desk().await;
    let before = desk.place(&[("tea", 2), ("mate", 1)]).await.expect("an order");
    run(&desk.pool, moved).await;

    let again = desk.orders.repeat(before.id()).await.expect("an order");

    assert_eq!(
        (again.state().name(), lines(&again)),
        (StateName::Submitted, lines(&before)),
        "the same lines, whatever has become of the order before"
    );
}

#[tokio::test]
async fn repeat_needs_order_and_products() {
    let desk = desk().await;
    let before = desk.place(&[("mate", 1), ("tea", 2)]).await.expect("an order");
    run(&desk.pool, "DELETE FROM products WHERE sku = 'tea'").await;
    let none = OrderId::new(Uuid::now_v7());
    let rows = desk.rows().await;

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
    offer(&desk.pool, "tea", "Tea, after all", 400).await;
    desk.assert_nothing_written_since(rows).await;
}

/// What goes wrong when an order is written.
#[rstest]
#[case::at_the_order(
    "CREATE TRIGGER full BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;"
)]
#[case::at_an_item(
    "CREATE TRIGGER full BEFORE INSERT ON order_items WHEN NEW.sku = 'mate' BEGIN
         SELECT RAISE(ABORT, 'the disk is full');
     END;"
)]
#[case::at_the_commit(
    "CREATE TABLE log (sku TEXT REFERENCES products (sku) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER full AFTER INSERT ON orders BEGIN INSERT INTO log VALUES ('nothing'); END;"
)]
#[tokio::test]
async fn unwritable_order_is_not_placed(#[case] full: &'static str) {
    let desk = desk().await;
    let old = desk.place(&[("tea", 1), ("mate", 1)]).await.expect("an order");
    let rows = desk.rows().await;
    run(&desk.pool, full).await;

    let placed = desk.place(&[("tea", 1), ("mate", 1)]).await;
    let again = desk.orders.repeat(old.id()).await;

    assert!(
        matches!(placed, Err(PlaceOrderError::Storage(_))),
        "the answer to an order that is not kept: {placed:?}"
    );
    assert!(
        matches!(
            again,
            Err(RepeatOrderError::Storage(_)
                | RepeatOrderError::Place(PlaceOrderError::Storage(_)))
        ),
        "and to the same again: {again:?}"
    );
    run(&desk.pool, "DROP TRIGGER full").await;
    desk.assert_nothing_written_since(rows).await;
}
