//! The order desk, chapter 14: customers, their addresses, and a rule that spans two aggregates.

pub mod domain;
