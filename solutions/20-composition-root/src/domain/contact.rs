//! What people are called and how they are reached by telephone.

use std::fmt;

use thiserror::Error;

/// A text that says nothing: empty, or white space alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is empty")]
pub struct EmptyText;

/// What somebody wants to be called. It says something, and has no white space around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// # Errors
    /// [`EmptyText`] when nothing is left without the white space around it.
    pub fn new(text: &str) -> Result<Self, EmptyText> {
        says_something(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number as its owner writes it. It says something, and has no white space around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// # Errors
    /// [`EmptyText`] when nothing is left without the white space around it.
    pub fn new(text: &str) -> Result<Self, EmptyText> {
        says_something(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn says_something(text: &str) -> Result<String, EmptyText> {
    let text = text.trim();
    if text.is_empty() { Err(EmptyText) } else { Ok(text.to_owned()) }
}
