// Caught by: one_moment::an_update_of_a_user_says_whether_it_hit
// Replaces: src/adapters/sqlite/users.rs
//! Users, in the table `users`.

use async_trait::async_trait;
use sqlx::{FromRow, SqlitePool};

use super::{not_inserted, unreadable};
use crate::{
    application::ports::{InsertError, StorageError, UpdateError, UserRepository},
    domain::{Name, Phone, User, UserId},
};

// ANCHOR: row
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
// ANCHOR_END: row

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

    // ANCHOR: insert
    async fn insert(&self, user: &User) -> Result<(), InsertError> {
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
    // ANCHOR_END: insert

    // ANCHOR: update
    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        if self.find(user.id()).await?.is_none() {
            return Err(UpdateError::NotThere);
        }
        sqlx::query(
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
        Ok(())
    }
    // ANCHOR_END: update
}
