// Caught by: compiler::does_not_compile::case_1_an_error_made_of_text
// Replaces: src/domain/order_error.rs
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

impl From<String> for AddItemError {
    fn from(_: String) -> Self {
        Self::Price(MoneyError::Overflow)
    }
}

impl From<String> for PayError {
    fn from(_: String) -> Self {
        Self::NotSubmitted(StateName::Draft)
    }
}

impl From<String> for ShipError {
    fn from(_: String) -> Self {
        Self::NotPaid(StateName::Draft)
    }
}

impl From<String> for CancelError {
    fn from(_: String) -> Self {
        Self::AlreadyCancelled
    }
}

impl AddItemError {
    /// What it says to whoever asked.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::NotDraft(_) => Meaning::Conflict,
            Self::Price(_) => Meaning::Invalid,
        }
    }
}

impl SubmitError {
    /// What it says to whoever asked.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::Empty => Meaning::Invalid,
            Self::NotDraft(_) => Meaning::Conflict,
        }
    }
}

impl PayError {
    /// What it says to whoever asked.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::NotSubmitted(_) => Meaning::Conflict,
        }
    }
}

impl ShipError {
    /// What it says to whoever asked.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::NotPaid(_) => Meaning::Conflict,
        }
    }
}

impl CancelError {
    /// What it says to whoever asked.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::AlreadyCancelled | Self::TooLate(_) => Meaning::Conflict,
        }
    }
}
