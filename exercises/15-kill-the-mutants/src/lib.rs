//! The order desk, chapter 15: the domain of chapter 14, its mutants, and your tests.

pub mod domain;
pub mod mutable;
pub mod mutants;

// `tests/chapter/main.rs` compiles them, with a domain in which a mutant can be woken.
#[cfg(test)]
mod tests;
