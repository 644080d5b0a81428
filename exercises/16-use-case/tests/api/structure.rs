//! Who uses whom in this crate.

use layers::Target;

// ANCHOR: thin
#[test]
fn the_handlers_of_users_and_orders_know_no_database() {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");

    let found: Vec<String> = map
        .edges
        .iter()
        .filter(|edge| {
            ["http::users", "http::orders"].contains(&edge.from.as_str())
        })
        .filter(|edge| match &edge.to {
            Target::Crate(name) => name == "sqlx",
            Target::Module(module) => module.starts_with("adapters"),
        })
        .map(|edge| format!("{}:{}", edge.file, edge.line))
        .collect();

    assert!(
        found.is_empty(),
        "a handler reads a request and writes a response; the database is for the use case. Here it is used all \
         the same: {}",
        found.join(", ")
    );
}
// ANCHOR_END: thin
