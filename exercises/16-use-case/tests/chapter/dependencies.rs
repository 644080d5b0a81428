//! Which arrows still point outward.

use std::collections::BTreeSet;

use layers::Layer;

use crate::uses::outward;

// ANCHOR: outward
#[test]
fn only_application_uses_adapters() {
    let ours = BTreeSet::from([(Layer::Application, Some(Layer::Adapters))]);
    assert_eq!(
        outward(),
        ours,
        "chapter 17 turns one arrow around, and there is no other"
    );
}
// ANCHOR_END: outward
