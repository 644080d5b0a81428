//! The order desk, chapter 13: errors that are part of the model.

pub mod domain;
