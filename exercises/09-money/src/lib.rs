//! The order desk, chapter 9: money that cannot be mixed, rounded or lost.

pub mod domain;
