//! What a repository answers where the storage fails, and where it does not.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use crate::desk::application::ports::{
    InsertError, InsertUserError, StorageError, UpdateError,
};

pub fn inserting(answer: Result<(), InsertError>) -> Result<(), StorageError> {
    answer.map_err(|error| match error {
        InsertError::Storage(error) => error,
        InsertError::SameId => panic!("the storage failed, and no id is taken"),
    })
}

pub fn registering(
    answer: Result<(), InsertUserError>,
) -> Result<(), StorageError> {
    answer.map_err(|error| match error {
        InsertUserError::Storage(error) => error,
        taken => panic!("the storage failed, and nothing is taken: {taken}"),
    })
}

pub fn updating(answer: Result<(), UpdateError>) -> Result<(), StorageError> {
    answer.map_err(|error| match error {
        UpdateError::Storage(error) => error,
        UpdateError::NotThere => panic!("the storage failed, and nothing is gone"),
    })
}

/// Whether a user was refused because the id is taken.
pub fn is_same_id(answer: &Result<(), InsertUserError>) -> bool {
    matches!(answer, Err(InsertUserError::SameId))
}
