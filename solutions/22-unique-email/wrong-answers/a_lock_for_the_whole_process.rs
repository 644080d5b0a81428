// Caught by: race::of_two_at_once_with_one_address_one_gets_the_account::case_1_sqlite
// Replaces: src/application/accounts.rs
//! Accounts: sign up, read, change, close.

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::Mutex;

use super::ports::{Ids, StorageError, UpdateError, UserRepository};
use crate::domain::{Email, Name, Phone, User, UserId};

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

// ANCHOR: accounts
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
// ANCHOR_END: accounts

// ANCHOR: register_command
/// Somebody wants an account.
#[derive(Debug, Clone)]
pub struct RegisterUser {
    pub email: Email,
    pub name: Name,
    pub phone: Option<Phone>,
}
// ANCHOR_END: register_command

/// What somebody wants to change about an account. `None` leaves it as it is.
#[derive(Debug, Clone)]
pub struct ChangeUser {
    pub name: Option<Name>,
    /// `Some(None)` removes the number.
    pub phone: Option<Option<Phone>>,
}

// ANCHOR: register_error
/// Why an account cannot be opened.
#[derive(Debug, Error)]
pub enum RegisterUserError {
    #[error("there is an account with this e-mail address already")]
    EmailTaken,
    #[error(transparent)]
    Storage(#[from] StorageError),
}
// ANCHOR_END: register_error

/// Why something about an account cannot be done.
#[derive(Debug, Error)]
pub enum AccountError {
    #[error("there is no user {0}")]
    NoSuchUser(UserId),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Accounts {
    // ANCHOR: register
    /// Opens an account.
    ///
    /// # Errors
    /// [`RegisterUserError`]. No account is opened then.
    pub async fn register(
        &self,
        new: RegisterUser,
    ) -> Result<User, RegisterUserError> {
        let _guard = ONE_AT_A_TIME.lock().await;
        if self.users.find_by_email(&new.email).await?.is_some() {
            return Err(RegisterUserError::EmailTaken);
        }
        let id = UserId::new(self.ids.next());
        let user = User::register(id, new.email, new.name, new.phone);
        self.users.insert(&user).await.map_err(StorageError::new)?;
        Ok(user)
    }
    // ANCHOR_END: register

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

    // ANCHOR: change
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
    // ANCHOR_END: change

    /// Closes an account. To close a closed one changes nothing.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn deactivate(&self, id: UserId) -> Result<User, AccountError> {
        self.update(id, User::deactivate).await
    }

    // ANCHOR: update
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
    // ANCHOR_END: update
}
