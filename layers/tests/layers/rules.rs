//! The rule that dependencies point inward, broken once in each direction.

use layers::{Layer, Rules};
use rstest::rstest;
use serde_json::json;

use crate::Fixture;

fn fixture() -> Fixture {
    Fixture::new(&[
        (
            "lib.rs",
            "pub mod adapters;\npub mod application;\npub mod domain;\npub mod http;\npub mod util;\npub struct Root;",
        ),
        ("domain/mod.rs", "pub mod order;"),
        ("domain/order.rs", "pub struct Order;"),
        ("application/mod.rs", "pub mod place;\nuse crate::domain::order::Order;"),
        ("application/place.rs", "pub struct Place;"),
        (
            "adapters/mod.rs",
            "pub mod sqlite;\nuse crate::domain::order::Order;\nuse crate::application::place;",
        ),
        ("adapters/sqlite.rs", "pub struct Sqlite; use sqlx::Row; use tokio::sync;"),
        ("http/mod.rs", "pub mod orders;\nuse crate::domain::order::Order;\nuse crate::application::place;"),
        ("http/orders.rs", "pub struct Routes; use axum::Router;"),
        ("util.rs", "use crate::adapters::sqlite;"),
        (
            "main.rs",
            "use order_desk::{adapters::sqlite, application::place, domain::order, http::orders, Root};",
        ),
    ])
}

fn rules() -> Rules {
    Rules::new()
        .deny(Layer::Domain, &["axum", "tokio", "sqlx", "tower-http"])
        .deny(Layer::Application, &["axum", "sqlx"])
}

fn violations(fixture: &Fixture) -> Vec<String> {
    fixture.map().violations(&rules()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_service_with_its_layers_in_order_breaks_no_rule() {
    assert_eq!(violations(&fixture()), [""; 0]);
}

#[rstest]
#[case(
    "domain/order.rs",
    "use crate::application::place::Place;",
    "domain may not use application::place: dependencies point inward"
)]
#[case(
    "domain/order.rs",
    "use crate::adapters::sqlite;",
    "domain may not use adapters::sqlite: dependencies point inward"
)]
#[case(
    "domain/order.rs",
    "fn f(_: crate::http::orders::Routes) {}",
    "domain may not use http::orders: dependencies point inward"
)]
#[case(
    "domain/order.rs",
    "use crate::Root;",
    "domain may not use the root, lib.rs: dependencies point inward"
)]
#[case(
    "application/place.rs",
    "use super::super::adapters::sqlite::Sqlite;",
    "application may not use adapters::sqlite: dependencies point inward"
)]
#[case(
    "application/place.rs",
    "use crate::http::{self};",
    "application may not use http: dependencies point inward"
)]
#[case(
    "application/place.rs",
    "use crate::Root;",
    "application may not use the root, lib.rs: dependencies point inward"
)]
#[case(
    "adapters/sqlite.rs",
    "use crate::http::orders;",
    "adapters may not use http::orders: http and adapters meet in main alone"
)]
#[case(
    "adapters/sqlite.rs",
    "use crate::Root;",
    "adapters may not use the root, lib.rs: dependencies point inward"
)]
#[case(
    "http/orders.rs",
    "use crate::adapters::sqlite;",
    "http may not use adapters::sqlite: http and adapters meet in main alone"
)]
#[case("http/orders.rs", "use crate::Root;", "http may not use the root, lib.rs: dependencies point inward")]
#[case("domain/order.rs", "use sqlx::Row;", "domain may not use the crate sqlx: sqlx is kept out of domain")]
#[case(
    "domain/order.rs",
    "fn f() { println!(\"{}\", tokio::task::id()); }",
    "domain may not use the crate tokio: tokio is kept out of domain"
)]
#[case(
    "domain/order.rs",
    "use tower_http as t;",
    "domain may not use the crate tower_http: tower_http is kept out of domain"
)]
#[case(
    "application/place.rs",
    "fn f() -> axum::http::StatusCode { todo!() }",
    "application may not use the crate axum: axum is kept out of application"
)]
fn an_edge_that_breaks_a_rule_is_told(#[case] file: &str, #[case] code: &str, #[case] message: &str) {
    let fixture = fixture();
    fixture.write(
        &format!("src/{file}"),
        &format!("pub struct Order; pub struct Place; pub struct Sqlite; pub struct Routes;\n\n{code}\n"),
    );
    assert_eq!(violations(&fixture), [format!("src/{file}:3: {message}")]);
}

#[test]
fn a_crate_is_welcome_where_it_is_not_denied() {
    let fixture = fixture();
    fixture.write(
        "src/application/place.rs",
        "pub struct Place; use tokio::sync; use tower_http::x; use std::fs;",
    );
    assert_eq!(violations(&fixture), [""; 0]);
    fixture.write("src/domain/order.rs", "pub struct Order; use sqlx::Row;");
    assert!(fixture.map().violations(&Rules::new()).is_empty());
}

#[test]
fn a_renamed_crate_is_the_same_crate() {
    let fixture = fixture();
    fixture.write(
        "Cargo.toml",
        "[package]\nname = \"order-desk\"\n[dependencies]\ndb = { package = \"sqlx\", version = \"1\" }\n",
    );
    fixture.write("src/domain/order.rs", "pub struct Order; use db::Row;");
    assert_eq!(
        violations(&fixture),
        ["src/domain/order.rs:1: domain may not use the crate sqlx: sqlx is kept out of domain"]
    );
}

#[test]
fn two_that_use_each_other_are_told_once_for_each_place() {
    let fixture = fixture();
    fixture.write("src/domain/order.rs", "pub struct Order;\nuse crate::application::place;\nuse crate::adapters::{sqlite,\n    sqlite::Sqlite};\n");
    fixture.write("src/application/place.rs", "pub struct Place; use crate::domain::order::Order;");
    assert_eq!(
        violations(&fixture),
        [
            "src/domain/order.rs:2: domain may not use application::place: dependencies point inward",
            "src/domain/order.rs:3: domain may not use adapters::sqlite: dependencies point inward",
            "src/domain/order.rs:4: domain may not use adapters::sqlite: dependencies point inward",
        ]
    );
}

#[test]
fn the_map_is_json() {
    let map =
        Fixture::new(&[("lib.rs", "mod domain;"), ("domain.rs", "use sqlx::Row;\nuse crate::Root;")]).map();
    assert_eq!(
        serde_json::to_value(&map).unwrap(),
        json!({
            "modules": [
                { "name": "domain", "layer": "domain", "file": "src/domain.rs" },
                { "name": "lib", "layer": "main", "file": "src/lib.rs" },
            ],
            "edges": [
                { "file": "src/domain.rs", "line": 1, "from": "domain", "to": { "crate": "sqlx" } },
                { "file": "src/domain.rs", "line": 2, "from": "domain", "to": { "module": "lib" } },
            ],
            "strays": [],
        })
    );
    let found = serde_json::to_value(map.violations(&rules())).unwrap();
    assert_eq!(found[0]["rule"], "sqlx is kept out of domain");
    assert_eq!(found[0]["layer"], "domain");
    assert_eq!(found[0]["kind"], "use");
}

#[test]
fn a_layer_with_a_list_uses_those_crates_and_rusts_own() {
    let fixture = fixture();
    fixture
        .write("src/domain/order.rs", "use std::fmt;\nuse time::Date;\nuse tower_http::x;\nuse axum::Json;");
    let rules = Rules::new().allow_only(Layer::Domain, &["time", "tower-http"]);

    let found: Vec<String> = fixture.map().violations(&rules).iter().map(ToString::to_string).collect();

    assert_eq!(
        found,
        [
            "src/domain/order.rs:4: domain may not use the crate axum: domain uses no crates but time, tower_http"
        ]
    );
}
