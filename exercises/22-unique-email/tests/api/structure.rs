//! Who uses whom in this crate.

use layers::Target;

/// Where a module whose name begins with one of `modules` uses the database, or an adapter.
fn uses_of_the_database(modules: &[&str]) -> Vec<String> {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    map.edges
        .iter()
        .filter(|edge| modules.iter().any(|module| edge.from.starts_with(module)))
        .filter(|edge| match &edge.to {
            Target::Crate(name) => name == "sqlx",
            Target::Module(module) => module.starts_with("adapters"),
        })
        .map(|edge| format!("{}:{}", edge.file, edge.line))
        .collect()
}

// ANCHOR: thin
#[test]
fn the_handlers_of_users_and_orders_know_no_database() {
    let found = uses_of_the_database(&["http::users", "http::orders"]);

    assert!(
        found.is_empty(),
        "a handler reads a request and writes a response; the database is for the use case. Here it is used all \
         the same: {}",
        found.join(", ")
    );
}
// ANCHOR_END: thin

// ANCHOR: inside
#[test]
fn the_use_cases_know_ports_and_no_database() {
    let found = uses_of_the_database(&["application"]);

    assert!(
        found.is_empty(),
        "a use case asks a port; which database is behind it, the use case does not know. Here it does: {}",
        found.join(", ")
    );
}
// ANCHOR_END: inside

// ANCHOR: wiring
#[test]
fn http_and_adapters_meet_in_main_alone() {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    let edges = map.edges.iter();
    let to_adapters = edges.filter(
        |edge| matches!(&edge.to, Target::Module(module) if module.starts_with("adapters::")),
    );
    let found: Vec<String> = to_adapters
        .filter(|edge| edge.from != "main" && !edge.from.starts_with("adapters"))
        .map(|edge| format!("{}:{}", edge.file, edge.line))
        .collect();

    assert!(
        found.is_empty(),
        "who works with whom is decided in main.rs. Here somebody chooses an adapter too: {}",
        found.join(", ")
    );
}
// ANCHOR_END: wiring
