//! What all databases that speak SQL have in common here: how a state is spread over columns, and which errors are nobody's.

use std::error::Error;

use thiserror::Error;
use time::OffsetDateTime;

use crate::{
    application::ports::{InsertError, InsertUserError, StorageError, UpdateError},
    domain::{Currency, Order, OrderState},
};

/// The columns `submitted_at`, `paid_at`, `shipped_at` and `cancelled_at`.
pub type Times = [Option<OffsetDateTime>; 4];

/// The status and the times of a row fit no state.
#[derive(Debug, Error)]
#[error("an order cannot be {status:?} with these times")]
pub struct NoState {
    status: String,
}

// ANCHOR: state
/// The state that a row tells of.
pub fn state(status: &str, times: Times) -> Result<OrderState, NoState> {
    Ok(match (status, times) {
        ("draft", [None, None, None, None]) => OrderState::Draft,
        ("submitted", [Some(at), None, None, None]) => OrderState::Submitted { at },
        ("paid", [Some(submitted_at), Some(at), None, None]) => {
            OrderState::Paid { submitted_at, at }
        }
        ("shipped", [Some(submitted_at), Some(paid_at), Some(at), None]) => {
            OrderState::Shipped { submitted_at, paid_at, at }
        }
        ("cancelled", [submitted_at, None, None, Some(at)]) => {
            OrderState::Cancelled { submitted_at, at }
        }
        _ => return Err(NoState { status: status.to_owned() }),
    })
}
// ANCHOR_END: state

/// The times of a state.
pub fn times(state: OrderState) -> Times {
    match state {
        OrderState::Draft => [None; 4],
        OrderState::Submitted { at } => [Some(at), None, None, None],
        OrderState::Paid { submitted_at, at } => {
            [Some(submitted_at), Some(at), None, None]
        }
        OrderState::Shipped { submitted_at, paid_at, at } => {
            [Some(submitted_at), Some(paid_at), Some(at), None]
        }
        OrderState::Cancelled { submitted_at, at } => {
            [submitted_at, None, None, Some(at)]
        }
    }
}

/// The tables have no column for a currency, so there is no row for this order.
#[derive(Debug, Error)]
#[error("an order in {0} cannot be kept: the tables are in euros")]
struct NotInEuros(Currency);

pub fn in_euros(order: &Order) -> Result<(), StorageError> {
    match order.currency() {
        Currency::Eur => Ok(()),
        other => Err(StorageError::new(NotInEuros(other))),
    }
}

/// What a row holds is not what it should be.
pub fn unreadable(error: impl Error + Send + Sync + 'static) -> StorageError {
    StorageError::new(sqlx::Error::Decode(error.into()))
}

// ANCHOR: hit
/// An update changes the one row that has the id.
pub fn hit(rows_affected: u64) -> Result<(), UpdateError> {
    match rows_affected {
        0 => Err(UpdateError::NotThere),
        _ => Ok(()),
    }
}
// ANCHOR_END: hit

/// Of what a database may refuse, a taken id is what the port has a word for.
pub fn not_inserted(error: sqlx::Error) -> InsertError {
    match error {
        sqlx::Error::Database(error) if error.is_unique_violation() => {
            InsertError::SameId
        }
        error => error.into(),
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        Self::new(error)
    }
}

impl From<sqlx::Error> for InsertError {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<sqlx::Error> for InsertUserError {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<sqlx::Error> for UpdateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}
