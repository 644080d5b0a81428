//! Who uses whom in this crate.

use std::{collections::BTreeSet, fs, path::Path};

use layers::{Edge, Layer, Target};

/// Where a module whose name begins with one of `modules` uses what it should not.
fn uses(modules: &[&str], forbidden: impl Fn(&Target) -> bool) -> Vec<String> {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    let from_there =
        |edge: &&Edge| modules.iter().any(|module| edge.from.starts_with(module));
    map.edges
        .iter()
        .filter(from_there)
        .filter(|edge| forbidden(&edge.to))
        .map(|edge| format!("{}:{}", edge.file, edge.line))
        .collect()
}

/// Whether it is a database, or an adapter that has one.
fn is_the_database(used: &Target) -> bool {
    match used {
        Target::Crate(name) => name == "sqlx",
        Target::Module(module) => module.starts_with("adapters"),
    }
}

// ANCHOR: thin
#[test]
fn the_handlers_of_users_and_orders_know_no_database() {
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
fn the_use_cases_know_no_http() {
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

// ANCHOR: inside
#[test]
fn the_use_cases_know_ports_and_no_database() {
    let found = uses(&["application"], is_the_database);

    assert!(
        found.is_empty(),
        "a use case asks a port, and does not know which database is behind it. Here it does:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: inside

// ANCHOR: wiring
#[test]
fn http_and_adapters_meet_in_main_alone() {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    let of = |layer: &str, used: &Target| matches!(used, Target::Module(name) if name.starts_with(layer));

    // A set, because one line may use several of them.
    let found: BTreeSet<String> = map
        .edges
        .iter()
        .filter(|edge| match edge.from.split("::").next() {
            Some("main") => false,
            Some("adapters") => of("http::", &edge.to),
            _ => of("adapters::", &edge.to),
        })
        .map(|edge| format!("{}:{}", edge.file, edge.line))
        .collect();

    assert!(
        found.is_empty(),
        "main.rs decides who works with whom. Here somebody else does:\n{}",
        Vec::from_iter(found).join("\n")
    );
}
// ANCHOR_END: wiring

// ANCHOR: values
/// How the name begins of what gives a time or an id out of nowhere, called or handed on.
const OUT_OF_NOWHERE: [&str; 2] = ["::now", "::new_v4"];

#[test]
fn inside_nobody_makes_a_time_or_an_id() {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = layers::read(crate_dir).expect("the sources of this crate");
    let inside = map.modules.iter().filter(|module| {
        matches!(module.layer, Some(Layer::Domain | Layer::Application))
    });

    let mut found = Vec::new();
    for module in inside {
        let code = fs::read_to_string(crate_dir.join(&module.file))
            .expect("the code of this module");
        for (number, line) in code.lines().enumerate() {
            let (line, _comment) = line.split_once("//").unwrap_or((line, ""));
            if OUT_OF_NOWHERE.iter().any(|maker| line.contains(maker)) {
                found.push(format!("{}:{}", module.file, number + 1));
            }
        }
    }

    assert!(
        found.is_empty(),
        "the use cases ask their ports for times and ids. Here somebody makes one:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_domain_is_handed_values_and_no_ports() {
    let found = uses(&["domain"], |used| match used {
        Target::Crate(_) => false,
        Target::Module(module) => !module.starts_with("domain"),
    });

    assert!(
        found.is_empty(),
        "an order is told when it is submitted, and does not look at a clock. Here the domain uses something around it:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: values
