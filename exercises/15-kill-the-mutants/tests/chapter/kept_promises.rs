//! Changes that break no promise: your tests do not mind.

use crate::runner::is_spared;

#[test]
fn debug_text_of_money_is_changed() {
    is_spared("debug_text_of_money_is_changed");
}

#[test]
fn debug_text_of_customer_is_changed() {
    is_spared("debug_text_of_customer_is_changed");
}

#[test]
fn debug_text_of_error_is_changed() {
    is_spared("debug_text_of_error_is_changed");
}

#[test]
fn addresses_are_rotated_left() {
    is_spared("addresses_are_rotated_left");
}
