//! The order desk, chapter 15: the same domain, and tests that are worth something.

pub mod domain;
