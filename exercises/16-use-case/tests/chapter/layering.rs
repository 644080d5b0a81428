//! Who uses whom in this crate.

use layers::Target;

use crate::uses::{is_the_database, uses};

// ANCHOR: thin
#[test]
fn handlers_use_no_database() {
    let found = uses(&["http::users", "http::orders"], is_the_database);

    assert!(
        found.is_empty(),
        "a handler reads a request and writes a response; the database is for the use case. Here it is used all \
         the same:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: thin

// ANCHOR: deaf
#[test]
fn use_cases_use_no_http() {
    let found = uses(&["application"], |used| match used {
        Target::Crate(name) => ["axum", "serde", "serde_json"].contains(&&**name),
        Target::Module(module) => module.starts_with("http"),
    });

    assert!(
        found.is_empty(),
        "a use case is asked by more than requests: statuses and bodies are for the handler. Here they are used all \
         the same:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: deaf
