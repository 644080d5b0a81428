//! What is behind the order desk is handed in, so it can be something else.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{Router, http::StatusCode};
use dependency_rule::{
    AppState,
    adapters::{
        in_memory::{InMemoryCatalogue, InMemoryOrders, InMemoryUsers},
        sqlite,
    },
    application::{
        Accounts, OrderDesk,
        ports::{
            Clock, Ids, InsertError, StorageError, UpdateError, UserRepository,
        },
    },
    domain::{Currency, Money, Product, Sku, User, UserId},
};
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use testkit::{Log, get, post, send};

use crate::{
    Scratch,
    fixed::{Counted, StoppedClock},
};

fn ada() -> Value {
    json!({ "email": "ada@beans.example", "name": "Ada" })
}

/// The products are in a database that no migration has run on, so nothing else can be in there.
fn empty_database(scratch: &Scratch) -> sqlx::SqlitePool {
    sqlite::pool(sqlite::options(&scratch.0.path().join("empty.db")))
}

// ANCHOR: in_memory
/// The order desk with all that is its own in memory, a clock that has stopped and ids that are counted.
fn in_memory(scratch: &Scratch) -> Router {
    let users = Arc::new(InMemoryUsers::default());
    let catalogue = Arc::new(InMemoryCatalogue::default());
    let sku = Sku::new("tea").expect("a sku");
    let price = Money::from_minor(400, Currency::Eur);
    catalogue.offer(Product::new(sku, "Tea, after all", price).expect("a product"));
    let ids: Arc<dyn Ids> = Arc::new(Counted::default());
    let clock: Arc<dyn Clock> = Arc::new(StoppedClock);
    dependency_rule::app(AppState {
        accounts: Accounts::new(users.clone(), Arc::clone(&ids)),
        order_desk: OrderDesk::new(
            users,
            Arc::new(InMemoryOrders::default()),
            catalogue,
            clock,
            ids,
        ),
        products: empty_database(scratch),
    })
}
// ANCHOR_END: in_memory

// ANCHOR: swapped
#[tokio::test]
async fn with_other_adapters_it_is_the_same_order_desk() {
    let scratch = Scratch::new();
    let app = in_memory(&scratch);

    let signed_up = send(&app, post("/users", &ada())).await;
    assert_eq!(signed_up.status, StatusCode::CREATED, "{}", signed_up.body);
    let ada = signed_up.json()["id"].clone();
    let order =
        json!({ "customer_id": ada, "items": [{ "sku": "tea", "quantity": 2 }] });
    let placed = send(&app, post("/orders", &order)).await;

    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    assert_json_snapshot!(placed.json(), @r#"
    {
      "customer_id": "00000000-0000-0000-0000-000000000001",
      "id": "00000000-0000-0000-0000-000000000002",
      "items": [
        {
          "name": "Tea, after all",
          "quantity": 2,
          "sku": "tea",
          "subtotal_cents": 800,
          "unit_price_cents": 400
        }
      ],
      "status": "submitted",
      "submitted_at": "2026-11-24T09:30:00.123456Z",
      "total_cents": 800
    }
    "#);
}
// ANCHOR_END: swapped

/// A place for users that is on fire.
#[derive(Debug)]
struct OnFire;

fn fire() -> StorageError {
    StorageError::new("the cellar is on fire")
}

#[async_trait]
impl UserRepository for OnFire {
    async fn find(&self, _: UserId) -> Result<Option<User>, StorageError> {
        Err(fire())
    }

    async fn insert(&self, _: &User) -> Result<(), InsertError> {
        Err(fire().into())
    }

    async fn update(&self, _: &User) -> Result<(), UpdateError> {
        Err(fire().into())
    }
}

// ANCHOR: on_fire
#[tokio::test]
async fn an_adapter_that_fails_is_a_500_whose_cause_is_for_the_log() {
    let scratch = Scratch::new();
    let users = Arc::new(OnFire);
    let (orders, catalogue) = (
        Arc::new(InMemoryOrders::default()),
        Arc::new(InMemoryCatalogue::default()),
    );
    let (clock, ids) = (Arc::new(StoppedClock), Arc::new(Counted::default()));
    let app = dependency_rule::app(AppState {
        accounts: Accounts::new(users.clone(), ids.clone()),
        order_desk: OrderDesk::new(users, orders, catalogue, clock, ids),
        products: empty_database(&scratch),
    });
    let id = "00000000-0000-0000-0000-000000000001";
    let order =
        json!({ "customer_id": id, "items": [{ "sku": "tea", "quantity": 2 }] });

    for request in [
        post("/users", &ada()),
        get(&format!("/users/{id}")),
        post("/orders", &order),
        get(&format!("/users/{id}/orders")),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let log = Log::listen();
        let answer = send(&app, request).await;

        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
        assert!(!answer.body.contains("fire"), "{what}: {}", answer.body);
        assert!(
            log.text().contains("the cellar is on fire"),
            "{what}: {}",
            log.text()
        );
    }
}
// ANCHOR_END: on_fire
