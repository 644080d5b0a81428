//! Mutants: each breaks a promise of the domain, and your tests notice.

use crate::runner::is_killed;

#[test]
fn a_sixth_address_fits() {
    is_killed("a_sixth_address_fits");
}

#[test]
fn the_others_change_places() {
    is_killed("the_others_change_places");
}

#[test]
fn the_last_one_fills_the_gap() {
    is_killed("the_last_one_fills_the_gap");
}

#[test]
fn anothers_order_leaves() {
    is_killed("anothers_order_leaves");
}

#[test]
fn a_capital_umlaut_stays() {
    is_killed("a_capital_umlaut_stays");
}

#[test]
fn too_much_is_the_most() {
    is_killed("too_much_is_the_most");
}

#[test]
fn shares_are_calculated_in_f64() {
    is_killed("shares_are_calculated_in_f64");
}

#[test]
fn a_refund_loses_a_unit() {
    is_killed("a_refund_loses_a_unit");
}

#[test]
fn the_first_gets_all_that_is_left() {
    is_killed("the_first_gets_all_that_is_left");
}

#[test]
fn an_empty_order_is_submitted() {
    is_killed("an_empty_order_is_submitted");
}

#[test]
fn a_paid_order_is_cancelled() {
    is_killed("a_paid_order_is_cancelled");
}

#[test]
fn too_many_are_a_thousand() {
    is_killed("too_many_are_a_thousand");
}
