//! Which arrows still point outward.

use std::collections::BTreeSet;

use layers::Layer;

use crate::uses::outward;

// ANCHOR: outward
#[test]
fn the_only_way_outward_is_from_the_use_cases_to_the_database() {
    let ours = BTreeSet::from([(Layer::Application, Some(Layer::Adapters))]);
    assert_eq!(
        outward(),
        ours,
        "chapter 17 turns one arrow around, and there is no other"
    );
}
// ANCHOR_END: outward
