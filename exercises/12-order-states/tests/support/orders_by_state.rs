//! Orders that have come so far.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use time::{Duration, OffsetDateTime, macros::datetime};

use crate::{
    desk::domain::{Currency::Eur, Order},
    given::{draft, espresso, product, quantity},
};

pub const MONDAY: OffsetDateTime = datetime!(2026-11-23 09:00 UTC);
pub const TUESDAY: OffsetDateTime = MONDAY.saturating_add(Duration::DAY);
pub const WEDNESDAY: OffsetDateTime = TUESDAY.saturating_add(Duration::DAY);

/// Those times, and a day before and after them.
pub const TIMES: [OffsetDateTime; 5] = [
    WEDNESDAY.saturating_add(Duration::DAY),
    WEDNESDAY,
    TUESDAY,
    MONDAY,
    MONDAY.saturating_sub(Duration::DAY),
];

/// A draft of four lines for 45.80 EUR: tea, twice the same espresso, and a free sample.
pub fn draft_with_items() -> Order {
    let mut order = draft(Eur);
    let espresso = espresso(1890, Eur);
    for (product, number) in [
        (&product("tea", "Tea", 400, Eur), 2),
        (&espresso, 1),
        (&espresso, 1),
        (&product("sample", "Sample", 0, Eur), 1),
    ] {
        order.add_item(product, quantity(number)).expect("an item");
    }
    is_in_state("draft", order)
}

/// Submitted on Monday.
pub fn submitted() -> Order {
    let mut order = draft_with_items();
    order.submit(MONDAY).expect("a legal move");
    is_in_state("submitted", order)
}

/// Submitted on Monday, paid on Tuesday.
pub fn paid() -> Order {
    let mut order = submitted();
    order.pay(TUESDAY).expect("a legal move");
    is_in_state("paid", order)
}

/// Submitted on Monday, paid on Tuesday, shipped on Wednesday.
pub fn shipped() -> Order {
    let mut order = paid();
    order.ship(WEDNESDAY).expect("a legal move");
    is_in_state("shipped", order)
}

/// Submitted on Monday, cancelled on Tuesday.
pub fn cancelled() -> Order {
    let mut order = submitted();
    order.cancel(TUESDAY).expect("a legal move");
    is_in_state("cancelled", order)
}

/// Cancelled on Monday, as a draft.
pub fn cancelled_as_draft() -> Order {
    let mut order = draft_with_items();
    order.cancel(MONDAY).expect("a legal move");
    is_in_state("cancelled", order)
}

#[track_caller]
fn is_in_state(name: &str, order: Order) -> Order {
    assert_eq!(order.state().name().to_string(), name);
    order
}
