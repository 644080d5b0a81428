// Caught by: postgres::refusals::what_is_refused_for_another_reason_is_no_taken_id
// Replaces: src/adapters/postgres/users.rs
//! Users, in the table `users`.

use async_trait::async_trait;
use sqlx::{FromRow, PgPool, error::DatabaseError};
use uuid::Uuid;

use crate::{
    adapters::sql::{hit, unreadable},
    application::ports::{
        InsertUserError, StorageError, UpdateError, UserRepository,
    },
    domain::{Email, Name, Phone, User, UserId},
};
/// A row of the table. It becomes a user, if it can.
#[derive(Debug, FromRow)]
struct UserRow {
    id: Uuid,
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
            UserId::new(row.id),
            row.email.parse().map_err(unreadable)?,
            Name::new(&row.name).map_err(unreadable)?,
            phone.map_err(unreadable)?,
            row.staff_note,
            row.active,
        ))
    }
}
/// PostgreSQL says which constraint refused a row, by the name that the migration gave it.
fn not_inserted(error: sqlx::Error) -> InsertUserError {
    let message = error.as_database_error().map_or("", DatabaseError::message);
    if message.contains("users_pkey") {
        InsertUserError::SameId
    } else if message.contains("users_email_key") {
        InsertUserError::EmailTaken
    } else {
        InsertUserError::Storage(error.into())
    }
}

/// Users in the database of a pool.
#[derive(Debug)]
pub struct PostgresUsers {
    pool: PgPool,
}

impl PostgresUsers {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl UserRepository for PostgresUsers {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        let row: Option<UserRow> = sqlx::query_as(
            "SELECT id, email, name, phone, staff_note, active FROM users WHERE id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&self.pool)
        .await?;
        row.map(User::try_from).transpose()
    }

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        let row: Option<UserRow> = sqlx::query_as(
            "SELECT id, email, name, phone, staff_note, active FROM users WHERE email = $1",
        )
        .bind(email.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(User::try_from).transpose()
    }
    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        sqlx::query(
            "INSERT INTO users (id, email, name, phone, staff_note, active)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(user.id().uuid())
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
            "UPDATE users SET email = $1, name = $2, phone = $3, staff_note = $4, active = $5
             WHERE id = $6",
        )
        .bind(user.email().as_str())
        .bind(user.name().as_str())
        .bind(user.phone().map(Phone::as_str))
        .bind(user.staff_note())
        .bind(user.is_active())
        .bind(user.id().uuid())
        .execute(&self.pool)
        .await?;
        hit(done.rows_affected())
    }
}
