//! Users, in the table `users`.

use sqlx::{FromRow, SqliteConnection};

use super::unreadable;
use crate::domain::{Name, Phone, User, UserId};

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
    type Error = sqlx::Error;

    fn try_from(row: UserRow) -> Result<Self, sqlx::Error> {
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

// ANCHOR: find
/// The user with this id.
///
/// # Errors
/// When the database does not answer, or the row is no user.
pub async fn find(
    connection: &mut SqliteConnection,
    id: UserId,
) -> Result<Option<User>, sqlx::Error> {
    let row: Option<UserRow> = sqlx::query_as(
        "SELECT id, email, name, phone, staff_note, active FROM users WHERE id = ?",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.map(User::try_from).transpose()
}
// ANCHOR_END: find

/// Writes a new user.
///
/// # Errors
/// When the database does not do it.
pub async fn insert(
    connection: &mut SqliteConnection,
    user: &User,
) -> Result<(), sqlx::Error> {
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
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes what has changed about a user.
///
/// # Errors
/// When the database does not do it.
pub async fn update(
    connection: &mut SqliteConnection,
    user: &User,
) -> Result<(), sqlx::Error> {
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
    .execute(connection)
    .await?;
    Ok(())
}
