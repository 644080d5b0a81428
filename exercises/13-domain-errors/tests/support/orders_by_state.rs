//! Orders that have come so far.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use time::{Duration, OffsetDateTime, macros::datetime};

use crate::{
    desk::domain::{Currency::Eur, Order, StateName},
    given::{draft, espresso, quantity},
};

pub const MONDAY: OffsetDateTime = datetime!(2026-11-23 09:00 UTC);
pub const TUESDAY: OffsetDateTime = MONDAY.saturating_add(Duration::DAY);
pub const WEDNESDAY: OffsetDateTime = TUESDAY.saturating_add(Duration::DAY);

/// An order with one item in this state: submitted on Monday, paid on Tuesday, shipped on Wednesday; or cancelled on
/// Tuesday, after it was submitted.
pub fn order(state: StateName) -> Order {
    let mut order = draft(Eur);
    order.add_item(&espresso(1890, Eur), quantity(1)).expect("an item");
    if state != StateName::Draft {
        order.submit(MONDAY).expect("a legal move");
    }
    if let StateName::Paid | StateName::Shipped = state {
        order.pay(TUESDAY).expect("a legal move");
    }
    if state == StateName::Shipped {
        order.ship(WEDNESDAY).expect("a legal move");
    }
    if state == StateName::Cancelled {
        order.cancel(TUESDAY).expect("a legal move");
    }
    assert_eq!(order.state().name(), state);
    order
}

/// An order with one item that was cancelled on Monday, as a draft.
pub fn withdrawn() -> Order {
    let mut order = order(StateName::Draft);
    order.cancel(MONDAY).expect("a legal move");
    order
}
