// Caught by: index::a_failure_that_speaks_of_the_address_is_no_taken_address
// Replaces: src/adapters/sqlite/users.rs
//! Users, in the table `users`.

use async_trait::async_trait;
use sqlx::{FromRow, SqlitePool, error::DatabaseError};

use super::{hit, unreadable};
use crate::{
    application::ports::{
        InsertUserError, StorageError, UpdateError, UserRepository,
    },
    domain::{Email, Name, Phone, User, UserId},
};
/// A row of the table. It becomes a user, if it can.
#[derive(Debug, FromRow)]
struct UserRow {
    id: String,
    email: String,
    name: String,
    phone: Option<String>,
    staff_note: String,
    active: bool,
}

impl TryFrom<UserRow> for User {
    type Error = StorageError;

    fn try_from(row: UserRow) -> Result<Self, StorageError> {
        let phone = row.phone.as_deref().map(Phone::new).transpose();
        Ok(Self::restore(
            row.id.parse().map_err(unreadable)?,
            row.email.parse().map_err(unreadable)?,
            Name::new(&row.name).map_err(unreadable)?,
            phone.map_err(unreadable)?,
            row.staff_note,
            row.active,
        ))
    }
}
/// SQLite does not say which constraint refused a row, but it has a number for each kind: the primary key is the id, and
/// the one unique index is on the address.
fn not_inserted(error: sqlx::Error) -> InsertUserError {
    let message = error.as_database_error().map(DatabaseError::message);
    match message {
        Some("UNIQUE constraint failed: users.id") => InsertUserError::SameId,
        Some("UNIQUE constraint failed: users.email") => {
            InsertUserError::EmailTaken
        }
        _ => InsertUserError::Storage(error.into()),
    }
}

/// Users in the database of a pool.
#[derive(Debug)]
pub struct SqliteUsers {
    pool: SqlitePool,
}

impl SqliteUsers {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl UserRepository for SqliteUsers {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        let row: Option<UserRow> = sqlx::query_as(
            "SELECT id, email, name, phone, staff_note, active FROM users WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(&self.pool)
        .await?;
        row.map(User::try_from).transpose()
    }

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        let row: Option<UserRow> = sqlx::query_as(
            "SELECT id, email, name, phone, staff_note, active FROM users WHERE email = ?",
        )
        .bind(email.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(User::try_from).transpose()
    }
    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        sqlx::query(
            "INSERT INTO users (id, email, name, phone, staff_note, active)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(user.id().to_string())
        .bind(user.email().as_str())
        .bind(user.name().as_str())
        .bind(user.phone().map(Phone::as_str))
        .bind(user.staff_note())
        .bind(user.is_active())
        .execute(&self.pool)
        .await
        .map_err(not_inserted)?;
        Ok(())
    }
    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        let done = sqlx::query(
            "UPDATE users SET email = ?, name = ?, phone = ?, staff_note = ?, active = ?
             WHERE id = ?",
        )
        .bind(user.email().as_str())
        .bind(user.name().as_str())
        .bind(user.phone().map(Phone::as_str))
        .bind(user.staff_note())
        .bind(user.is_active())
        .bind(user.id().to_string())
        .execute(&self.pool)
        .await?;
        hit(&done)
    }
}
