// Caught by: registered::what_is_refused_for_another_reason_is_our_fault
// Replaces: src/application/accounts.rs
//! Accounts: sign up, read, change, close.

use std::sync::Arc;

use thiserror::Error;

use super::ports::{
    Ids, InsertUserError, StorageError, UpdateError, UserRepository,
};
use crate::domain::{Email, Name, Phone, User, UserId};
/// What a user does with an account, and what the staff does with it.
#[derive(Debug, Clone)]
pub struct Accounts {
    users: Arc<dyn UserRepository>,
    ids: Arc<dyn Ids>,
}

impl Accounts {
    /// Accounts that are kept here, and get these ids.
    pub fn new(users: Arc<dyn UserRepository>, ids: Arc<dyn Ids>) -> Self {
        Self { users, ids }
    }
}
/// Somebody wants an account.
#[derive(Debug, Clone)]
pub struct RegisterUser {
    pub email: Email,
    pub name: Name,
    pub phone: Option<Phone>,
}

/// What somebody wants to change about an account. `None` leaves it as it is.
#[derive(Debug, Clone)]
pub struct ChangeUser {
    pub name: Option<Name>,
    /// `Some(None)` removes the number.
    pub phone: Option<Option<Phone>>,
}
/// Why an account cannot be opened.
#[derive(Debug, Error)]
pub enum RegisterUserError {
    #[error("there is an account with this e-mail address already")]
    EmailTaken,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something about an account cannot be done.
#[derive(Debug, Error)]
pub enum AccountError {
    #[error("there is no user {0}")]
    NoSuchUser(UserId),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Accounts {
    /// Opens an account.
    ///
    /// # Errors
    /// [`RegisterUserError`]. No account is opened then.
    pub async fn register(
        &self,
        new: RegisterUser,
    ) -> Result<User, RegisterUserError> {
        let id = UserId::new(self.ids.next());
        let user = User::register(id, new.email, new.name, new.phone);
        let Err(error) = self.users.insert(&user).await else {
            return Ok(user);
        };
        if self.users.find_by_email(user.email()).await?.is_some() {
            return Err(RegisterUserError::EmailTaken);
        }
        Err(StorageError::new(error).into())
    }

    /// The user with this address.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        self.users.find_by_email(email).await
    }

    /// The user with this id.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn find(&self, id: UserId) -> Result<User, AccountError> {
        self.users.find(id).await?.ok_or(AccountError::NoSuchUser(id))
    }
    /// Changes what is said about a user.
    ///
    /// # Errors
    /// [`AccountError`]. Nothing is changed then.
    pub async fn change(
        &self,
        id: UserId,
        change: ChangeUser,
    ) -> Result<User, AccountError> {
        self.update(id, |user| {
            if let Some(name) = change.name {
                user.rename(name);
            }
            if let Some(phone) = change.phone {
                user.change_phone(phone);
            }
        })
        .await
    }

    /// Closes an account. To close a closed one changes nothing.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn deactivate(&self, id: UserId) -> Result<User, AccountError> {
        self.update(id, User::deactivate).await
    }
    /// Reads a user, lets `change` have it, and writes it.
    async fn update(
        &self,
        id: UserId,
        change: impl FnOnce(&mut User),
    ) -> Result<User, AccountError> {
        let mut user = self.find(id).await?;
        change(&mut user);
        self.users.update(&user).await.map_err(|error| match error {
            UpdateError::NotThere => AccountError::NoSuchUser(id),
            UpdateError::Storage(error) => error.into(),
        })?;
        Ok(user)
    }
}
