//! The order desk, chapter 12: an order that knows where it is on its way.

pub mod domain;
