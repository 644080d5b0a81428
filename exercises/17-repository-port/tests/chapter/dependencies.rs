//! Which arrows still point outward.

use std::collections::BTreeSet;

use layers::Layer;

use crate::uses::outward;

// ANCHOR: outward
#[test]
fn only_http_uses_adapters() {
    let ours = BTreeSet::from([(Layer::Http, Some(Layer::Adapters))]);
    assert_eq!(
        outward(),
        ours,
        "somebody has to build the adapters, until chapter 20 that is the state, and there is no other"
    );
}
// ANCHOR_END: outward
