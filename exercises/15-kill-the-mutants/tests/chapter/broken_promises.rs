//! Mutants: each breaks a promise of the domain, and your tests notice.

use crate::runner::is_killed;

#[test]
fn sixth_address_is_accepted() {
    is_killed("sixth_address_is_accepted");
}

#[test]
fn primary_address_is_swapped() {
    is_killed("primary_address_is_swapped");
}

#[test]
fn removed_address_is_replaced_by_last() {
    is_killed("removed_address_is_replaced_by_last");
}

#[test]
fn order_of_another_customer_is_dispatched() {
    is_killed("order_of_another_customer_is_dispatched");
}

#[test]
fn only_ascii_is_lowercased() {
    is_killed("only_ascii_is_lowercased");
}

#[test]
fn addition_saturates() {
    is_killed("addition_saturates");
}

#[test]
fn shares_are_calculated_in_f64() {
    is_killed("shares_are_calculated_in_f64");
}

#[test]
fn refund_loses_a_unit() {
    is_killed("refund_loses_a_unit");
}

#[test]
fn first_part_gets_all_leftover_units() {
    is_killed("first_part_gets_all_leftover_units");
}

#[test]
fn empty_order_is_submitted() {
    is_killed("empty_order_is_submitted");
}

#[test]
fn paid_order_is_cancelled() {
    is_killed("paid_order_is_cancelled");
}

#[test]
fn quantity_is_clamped_to_maximum() {
    is_killed("quantity_is_clamped_to_maximum");
}
