//! The order desk, chapter 10: ids that cannot be swapped, and users that have behaviour.

pub mod domain;
