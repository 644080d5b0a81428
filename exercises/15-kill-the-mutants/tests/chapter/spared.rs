//! Changes that break no promise: your tests do not mind.

use crate::runner::is_spared;

#[test]
fn another_debug_text() {
    is_spared("another_debug_text");
}

#[test]
fn another_debug_text_of_customers() {
    is_spared("another_debug_text_of_customers");
}

#[test]
fn another_debug_text_of_errors() {
    is_spared("another_debug_text_of_errors");
}

#[test]
fn rotated_the_other_way_round() {
    is_spared("rotated_the_other_way_round");
}
