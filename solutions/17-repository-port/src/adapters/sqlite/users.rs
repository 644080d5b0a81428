//! Users, in the table `users`.

use async_trait::async_trait;
use sqlx::{FromRow, SqlitePool};

use super::unreadable;
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

    // ANCHOR: save
    /// Writes a user, whether there is one with this id or not.
    async fn save(&self, user: &User) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO users (id, email, name, phone, staff_note, active)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE
             SET email = excluded.email, name = excluded.name, phone = excluded.phone,
                 staff_note = excluded.staff_note, active = excluded.active",
        )
        .bind(user.id().to_string())
        .bind(user.email().as_str())
        .bind(user.name().as_str())
        .bind(user.phone().map(Phone::as_str))
        .bind(user.staff_note())
        .bind(user.is_active())
        .execute(&self.pool)
        .await?;
        Ok(())
    }
    // ANCHOR_END: save
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

    async fn insert(&self, user: &User) -> Result<(), InsertError> {
        Ok(self.save(user).await?)
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        Ok(self.save(user).await?)
    }
}
