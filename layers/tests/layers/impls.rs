//! Rust lets an `impl` stand anywhere in the crate of its type.

use layers::Rules;
use rstest::rstest;
use serde_json::json;

use crate::Fixture;

/// What breaks a rule where `code` is the module `http::orders`, from its third line on.
fn of(code: &str) -> Vec<String> {
    let fixture = Fixture::new(&[
        (
            "lib.rs",
            "pub mod adapters;\npub mod application;\npub mod domain;\npub mod http;\npub mod util;\n",
        ),
        ("domain/mod.rs", "mod order;\npub use order::{Item, Order};\n"),
        ("domain/order.rs", "pub struct Order; pub struct Item; pub struct List<T>(T);"),
        ("application/mod.rs", "pub mod desk;\npub use desk::{Desk, Line};\n"),
        ("application/desk.rs", "pub struct Desk; pub struct Line; pub trait Port {}"),
        ("adapters/mod.rs", "pub struct Sqlite;"),
        ("http/mod.rs", "pub mod orders;\npub mod error;\n"),
        ("http/error.rs", "pub struct ApiError;"),
        (
            "http/orders.rs",
            &format!(
                "use crate::{{application::{{Desk, Line, desk::Port}}, domain::{{Item, Order}}}};\n\
                 pub struct Own; pub trait OwnTrait {{}}\n{code}\n"
            ),
        ),
        ("util.rs", "pub struct Helper;"),
    ]);
    fixture.map().violations(&Rules::new()).iter().map(ToString::to_string).collect()
}

#[rstest]
#[case::of_a_type("impl Desk {}", "application::desk")]
#[case::of_a_type_by_its_path("impl crate::application::Desk {}", "application::desk")]
#[case::of_a_trait_object("impl dyn Port {}", "application::desk")]
#[case::of_a_conversion("impl From<&Item> for Line {}", "application::desk")]
#[case::of_a_conversion_to_a_reference("impl<'a> From<&'a Item> for &'a Line {}", "application::desk")]
#[case::of_a_conversion_inside_the_domain("impl From<Item> for Order {}", "domain::order")]
#[case::of_rusts_own_trait("impl std::fmt::Display for Order {}", "domain::order")]
#[case::of_rusts_own_trait_by_a_use("use core::fmt;\nimpl fmt::Display for Order {}", "domain::order")]
#[case::of_a_port("impl Port for Order {}", "domain::order")]
#[case::of_a_generic_type("impl<T: Port> crate::domain::order::List<T> {}", "domain::order")]
#[case::in_a_function("fn f() {\n    impl Desk {}\n}", "application::desk")]
#[case::in_a_module_below("mod below {\n    impl crate::domain::Order {}\n}", "domain::order")]
#[case::under_a_condition("#[cfg(debug_assertions)]\nimpl Desk {}", "application::desk")]
fn an_impl_that_could_stand_further_inside_is_told(#[case] code: &str, #[case] home: &str) {
    let before = code.lines().take_while(|line| !line.contains("impl")).count();
    let line = 3 + before;
    assert_eq!(
        of(code),
        [format!(
            "src/http/orders.rs:{line}: http may not hold an impl for {home}: all that it names is further inside"
        )]
    );
}

#[rstest]
#[case::of_a_type_of_its_own("impl Own {}")]
#[case::of_a_port_for_a_type_of_its_own("impl Port for Own {}")]
#[case::of_its_own_trait("impl OwnTrait for Order {}")]
#[case::of_its_own_trait_in_another_module("impl super::OwnTrait for Order {}")]
#[case::to_its_own("impl From<&Order> for Own {}")]
#[case::to_its_own_in_another_module("impl From<Order> for super::error::ApiError {}")]
#[case::from_its_own("impl TryFrom<Own> for Line {}")]
#[case::from_its_own_in_a_type("impl TryFrom<Option<Vec<Own>>> for Line {}")]
#[case::from_its_own_by_a_bound("impl<T> From<T> for Line where T: OwnTrait {}")]
#[case::of_a_trait_of_another_crate("impl axum::response::IntoResponse for Order {}")]
#[case::of_a_trait_of_another_crate_by_a_use("use axum::response::IntoResponse as I;\nimpl I for Order {}")]
#[case::from_a_type_of_another_crate("impl From<sqlx::Error> for Order {}")]
#[case::with_what_has_no_layer("impl From<crate::util::Helper> for Order {}")]
#[case::for_what_a_macro_writes("impl From<Order> for Written {}")]
#[case::for_tests("#[cfg(test)] impl Order {}")]
fn an_impl_for_which_its_layer_is_the_place_is_none(#[case] code: &str) {
    assert_eq!(of(code), [""; 0]);
}

/// The edge says it already.
#[test]
fn an_impl_for_a_type_of_a_layer_further_outside_is_told_once() {
    assert_eq!(
        of("impl crate::adapters::Sqlite {}"),
        ["src/http/orders.rs:3: http may not use adapters: http and adapters meet in main alone"]
    );
}

/// What breaks a rule is told from the top of a file to its end.
#[test]
fn an_impl_and_a_use_are_told_in_the_order_of_their_lines() {
    let found = of("impl Order {}\nuse crate::adapters::Sqlite;\nimpl Desk {}");
    let lines: Vec<_> = found.iter().map(|told| told.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["3", "4", "5"], "{found:?}");
}

#[test]
fn an_impl_is_json() {
    let map = Fixture::new(&[
        ("lib.rs", "pub mod domain;\npub mod http;"),
        ("domain.rs", "pub struct Order;"),
        ("http.rs", "impl crate::domain::Order {}"),
    ])
    .map();
    assert_eq!(
        serde_json::to_value(&map.strays).unwrap(),
        json!([{ "file": "src/http.rs", "line": 1, "from": "http", "to": { "module": "domain" } }])
    );
    let found = serde_json::to_value(map.violations(&Rules::new())).unwrap();
    assert_eq!(found[0]["kind"], "impl");
}

/// In a chapter that has layers, none is broken like this.
#[test]
fn the_solutions_hold_each_impl_in_its_place() {
    let solutions = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("solutions");
    let mut with_layers = 0;
    for entry in std::fs::read_dir(solutions).unwrap() {
        let dir = entry.unwrap().path();
        if !dir.join("Cargo.toml").is_file() {
            continue;
        }
        let map = layers::read(&dir).unwrap();
        with_layers += usize::from(map.has_layers());
        assert_eq!(map.strays, [], "{}", dir.display());
    }
    assert!(with_layers > 10, "{with_layers} solutions with layers");
}
