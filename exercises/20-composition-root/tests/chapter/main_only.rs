//! Who builds what the service is made of.

use std::collections::BTreeSet;

use layers::Target;

// ANCHOR: wiring
#[test]
fn only_main_uses_http_and_adapters() {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");
    let of = |layer: &str, used: &Target| matches!(used, Target::Module(name) if name.split("::").next() == Some(layer));

    // A set, because one line may use several of them.
    let found: BTreeSet<String> = map
        .edges
        .iter()
        .filter(|edge| match edge.from.split("::").next() {
            Some("main") => false,
            Some("adapters") => of("http", &edge.to),
            _ => of("adapters", &edge.to),
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
