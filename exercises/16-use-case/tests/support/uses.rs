//! Who uses whom in the crate of the ring.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::collections::BTreeSet;

use layers::{Edge, Layer, Rules, Target};

/// Where a module whose name begins with one of `modules` uses what it should not.
pub fn uses(modules: &[&str], forbidden: impl Fn(&Target) -> bool) -> Vec<String> {
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
pub fn is_the_database(used: &Target) -> bool {
    match used {
        Target::Crate(name) => name == "sqlx",
        Target::Module(module) => module.starts_with("adapters"),
    }
}

/// From which layer to which an arrow points outward.
pub fn outward() -> BTreeSet<(Layer, Option<Layer>)> {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    map.violations(&Rules::new())
        .iter()
        .filter_map(|violation| match &violation.edge.to {
            Target::Module(name) => {
                Some((violation.layer, map.module(name)?.layer))
            }
            Target::Crate(_) => None,
        })
        .collect()
}
