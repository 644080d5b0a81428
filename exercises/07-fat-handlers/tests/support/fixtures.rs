//! What the tests of orders begin with: a customer, and something to order.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};
use testkit::{get, post, request, send};

/// Signs a user up and gives its id.
pub async fn sign_up(app: &Router, name: &str) -> String {
    let email = format!("{}@beans.example", name.to_lowercase());
    let body = json!({ "email": email, "name": name });
    let user = send(app, post("/users", &body)).await;
    assert_eq!(user.status, StatusCode::CREATED, "{}", user.body);
    user.json()["id"].as_str().expect("a new user has an id").to_owned()
}

/// Puts a product into the catalogue.
pub async fn offer(app: &Router, sku: &str, name: &str, price_cents: i64) {
    let product = json!({ "sku": sku, "name": name, "price_cents": price_cents });
    let created = send(app, post("/products", &product)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
}

/// Takes a product out of the catalogue.
pub async fn take_away(app: &Router, sku: &str) {
    send(app, request(Method::DELETE, &format!("/products/{sku}"))).await;
}

/// The order desk with tea for 400 and mate for 700 cents, and the id of Ada, who is a customer.
pub async fn stocked(app: Router) -> (Router, String) {
    offer(&app, "tea", "Tea, after all", 400).await;
    offer(&app, "mate", "Mate", 700).await;
    let ada = sign_up(&app, "Ada").await;
    (app, ada)
}

/// The body of an order.
pub fn order(customer: &str, items: &[(&str, i64)]) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity }))
        .collect();
    json!({ "customer_id": customer, "items": items })
}

/// Places an order in the web shop and gives it as the answer shows it.
pub async fn place(app: &Router, customer: &str, items: &[(&str, i64)]) -> Value {
    let placed = send(app, post("/orders", &order(customer, items))).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    placed.json()
}

/// The path of this order.
pub fn path(order: &Value) -> String {
    format!("/orders/{}", order["id"].as_str().expect("an order has an id"))
}

/// `POST path` without a body.
pub fn post_nothing(path: impl AsRef<str>) -> Request<Body> {
    request(Method::POST, path.as_ref())
}

/// `POST /staff/users/{id}/deactivate`
pub fn deactivate(user: &str) -> Request<Body> {
    post_nothing(format!("/staff/users/{user}/deactivate"))
}

/// The orders of this customer, those on the first page.
pub async fn orders_of(app: &Router, customer: &str) -> Value {
    let page = send(app, get(&format!("/users/{customer}/orders"))).await.json();
    page["items"].clone()
}
