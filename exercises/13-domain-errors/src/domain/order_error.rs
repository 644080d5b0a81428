//! Why an order refuses what it is asked: one enum for each operation.

use thiserror::Error;

use super::{MoneyError, StateName};

/// Why an item cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddItemError {
    #[error("a {0} order takes no more items")]
    NotDraft(StateName),
    /// The product costs another currency, or the total could not be counted any more.
    #[error(transparent)]
    Price(#[from] MoneyError),
}

/// Why an order cannot be sent to the roastery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SubmitError {
    #[error("an order without items cannot be submitted")]
    Empty,
    #[error("a {0} order cannot be submitted")]
    NotDraft(StateName),
}

/// Why an order cannot be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PayError {
    #[error("a {0} order cannot be paid")]
    NotSubmitted(StateName),
}

/// Why an order cannot be sent to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ShipError {
    #[error("a {0} order cannot be shipped")]
    NotPaid(StateName),
}

/// Why an order cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CancelError {
    #[error("the order is cancelled already")]
    AlreadyCancelled,
    #[error("a {0} order cannot be cancelled")]
    TooLate(StateName),
}

/// What an error says to whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// What was asked is wrong as it stands: the request itself has to change.
    Invalid,
    /// What was asked is right, and the order is not in the state for it.
    Conflict,
}

/// Finds out from its text what an error means.
fn meaning_of(text: &str) -> Meaning {
    if text.contains("cannot") { Meaning::Conflict } else { Meaning::Invalid }
}

/// Finds the state that a text speaks of.
fn state_in(text: &str) -> StateName {
    let names = [
        StateName::Draft,
        StateName::Submitted,
        StateName::Paid,
        StateName::Shipped,
        StateName::Cancelled,
    ];
    let found = names.into_iter().find(|name| text.contains(name.as_str()));
    found.unwrap_or(StateName::Draft)
}

impl From<String> for AddItemError {
    fn from(text: String) -> Self {
        if text.contains("no more items") {
            Self::NotDraft(state_in(&text))
        } else {
            Self::Price(MoneyError::Overflow)
        }
    }
}

impl From<String> for SubmitError {
    fn from(text: String) -> Self {
        if text.contains("without items") {
            Self::Empty
        } else {
            Self::NotDraft(state_in(&text))
        }
    }
}

impl From<String> for PayError {
    fn from(text: String) -> Self {
        Self::NotSubmitted(state_in(&text))
    }
}

impl From<String> for ShipError {
    fn from(text: String) -> Self {
        Self::NotPaid(state_in(&text))
    }
}

impl From<String> for CancelError {
    fn from(text: String) -> Self {
        if text.contains("already") {
            Self::AlreadyCancelled
        } else {
            Self::TooLate(state_in(&text))
        }
    }
}

impl AddItemError {
    /// What it says to whoever asked.
    pub fn meaning(self) -> Meaning {
        meaning_of(&self.to_string())
    }
}

impl SubmitError {
    /// What it says to whoever asked.
    pub fn meaning(self) -> Meaning {
        meaning_of(&self.to_string())
    }
}

impl PayError {
    /// What it says to whoever asked.
    pub fn meaning(self) -> Meaning {
        meaning_of(&self.to_string())
    }
}

impl ShipError {
    /// What it says to whoever asked.
    pub fn meaning(self) -> Meaning {
        meaning_of(&self.to_string())
    }
}

impl CancelError {
    /// What it says to whoever asked.
    pub fn meaning(self) -> Meaning {
        meaning_of(&self.to_string())
    }
}
