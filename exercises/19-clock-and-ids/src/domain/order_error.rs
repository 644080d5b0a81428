//! Why an order refuses what it is asked: one enum for each operation.

use thiserror::Error;

use super::{MoneyError, StateName};

// ANCHOR: add_item
/// Why an item cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddItemError {
    #[error("a {0} order takes no more items")]
    NotDraft(StateName),
    /// The product costs another currency, or the total could not be counted any more.
    #[error(transparent)]
    Price(#[from] MoneyError),
}
// ANCHOR_END: add_item

// ANCHOR: transitions
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
// ANCHOR_END: transitions

/// What was kept is no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RestoreOrderError {
    #[error("a {0} order has items, and this one has none")]
    Empty(StateName),
    /// An item costs another currency, or the total cannot be counted.
    #[error(transparent)]
    Price(#[from] MoneyError),
}

// ANCHOR: meaning
/// What an error says to whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// What was asked is wrong as it stands: the request itself has to change.
    Invalid,
    /// What was asked is right, and the order is not in the state for it.
    Conflict,
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
// ANCHOR_END: meaning
