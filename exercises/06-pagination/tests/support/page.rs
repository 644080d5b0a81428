//! A page of the catalogue, as a client reads it.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use axum::{Router, http::StatusCode};
use serde_json::Value;
use sqlx::SqlitePool;
use testkit::{get, send};

/// A page, as a client reads it.
#[derive(Debug)]
pub struct Page {
    pub skus: Vec<String>,
    pub next: Option<String>,
}

impl Page {
    pub fn link(&self) -> &str {
        self.next.as_deref().unwrap_or_else(|| {
            panic!("another page follows, so this one has a link to it: {self:?}")
        })
    }
}

/// Opens a page and gives its skus and its link.
pub async fn open(app: &Router, path: &str) -> Page {
    let answer = send(app, get(path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let page = answer.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let items = page["items"].as_array();
    Page {
        skus: items
            .unwrap_or_else(|| panic!("a page has `items`: {page}"))
            .iter()
            .map(|item| text(&item["sku"]))
            .collect(),
        next: (!page["next"].is_null()).then(|| text(&page["next"])),
    }
}

/// Fills the catalogue without the service: skus `000001`, `000002`, …, all with the same name.
pub async fn stock(pool: &SqlitePool, products: u32) {
    sqlx::query(
        "WITH RECURSIVE shelf (number) AS
             (SELECT 1 UNION ALL SELECT number + 1 FROM shelf WHERE number < ?)
         INSERT INTO products (sku, name, price_cents)
             SELECT printf('%06d', number), 'House blend', 990 FROM shelf",
    )
    .bind(products)
    .execute(pool)
    .await
    .expect("products");
}
