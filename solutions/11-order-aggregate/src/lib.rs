//! The order desk, chapter 11: an order that guards its items.

pub mod domain;
