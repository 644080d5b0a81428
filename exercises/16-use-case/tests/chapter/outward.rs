//! Which arrows still point outward.

use std::collections::BTreeSet;

use layers::{Layer, Rules, Target};

// ANCHOR: outward
#[test]
fn the_only_way_outward_is_from_the_use_cases_to_the_database() {
    let map = layers::read(env!("CARGO_MANIFEST_DIR"))
        .expect("the sources of this crate");

    let outward: BTreeSet<(Layer, Option<Layer>)> = map
        .violations(&Rules::new())
        .iter()
        .filter_map(|violation| match &violation.edge.to {
            Target::Module(name) => {
                Some((violation.layer, map.module(name)?.layer))
            }
            Target::Crate(_) => None,
        })
        .collect();

    let ours = BTreeSet::from([(Layer::Application, Some(Layer::Adapters))]);
    assert_eq!(
        outward, ours,
        "chapter 17 turns one arrow around, and there is no other"
    );
}
// ANCHOR_END: outward
