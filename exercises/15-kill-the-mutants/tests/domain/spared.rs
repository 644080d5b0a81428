//! Changes that break no promise: your tests do not mind.

use crate::runner::is_spared;

#[test]
fn another_debug_text() {
    is_spared("another_debug_text");
}

#[test]
fn rotated_the_other_way_round() {
    is_spared("rotated_the_other_way_round");
}
