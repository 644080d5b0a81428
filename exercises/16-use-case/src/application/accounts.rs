//! Accounts: sign up, read, change, close.

use sqlx::SqlitePool;
use thiserror::Error;

use crate::{
    adapters::sqlite,
    domain::{Email, Name, Phone, User, UserId},
};

/// What a user does with an account, and what the staff does with it.
#[derive(Debug, Clone)]
pub struct Accounts {
    pool: SqlitePool,
}

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

/// Why something about an account cannot be done.
#[derive(Debug, Error)]
pub enum AccountError {
    #[error("there is no user {0}")]
    NoSuchUser(UserId),
    #[error("the database does not do it")]
    Storage(#[from] sqlx::Error),
}

impl Accounts {
    /// Accounts that are kept in the database of this pool.
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// For the handler that still writes its own SQL. It goes with that SQL.
    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    // ANCHOR: register
    /// Opens an account.
    ///
    /// # Errors
    /// When the database does not do it.
    pub async fn register(&self, _new: RegisterUser) -> Result<User, sqlx::Error> {
        todo!("make a user with a new id, keep it, and answer with it")
    }
    // ANCHOR_END: register

    /// The user with this id.
    ///
    /// # Errors
    /// [`AccountError`].
    pub async fn find(&self, id: UserId) -> Result<User, AccountError> {
        let mut connection = self.pool.acquire().await?;
        let user = sqlite::users::find(&mut connection, id).await?;
        user.ok_or(AccountError::NoSuchUser(id))
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

    /// Reads a user, lets `change` have it, and writes it: in one transaction, so nobody else changes it in between.
    async fn update(
        &self,
        id: UserId,
        change: impl FnOnce(&mut User),
    ) -> Result<User, AccountError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let user = sqlite::users::find(&mut transaction, id).await?;
        let mut user = user.ok_or(AccountError::NoSuchUser(id))?;
        change(&mut user);
        sqlite::users::update(&mut transaction, &user).await?;
        transaction.commit().await?;
        Ok(user)
    }
}
