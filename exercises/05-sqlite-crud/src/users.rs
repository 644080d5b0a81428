//! Users: sign up, read, change.

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{FromRow, SqlitePool};
use uuid::Uuid;

use crate::{
    error::ApiError,
    extract::{Json, Path},
};

// ANCHOR: router
/// The routes of this feature, for every state that has a pool in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SqlitePool: FromRef<S>,
{
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).patch(update_user))
        .route("/staff/users/{id}", get(get_user_for_staff))
}
// ANCHOR_END: router

// ANCHOR: entity
/// A user as the service keeps it. It never leaves the service as it is.
#[derive(Debug, FromRow)]
struct User {
    id: String,
    email: String,
    name: String,
    phone: Option<String>,
    /// What the staff thinks of this user. For the staff alone.
    staff_note: String,
}
// ANCHOR_END: entity

const NOTE_FOR_A_NEW_USER: &str = "new: check the address before the first order";

// ANCHOR: requests
/// The body of `POST /users`: what a client may choose.
#[derive(Debug, Deserialize)]
struct CreateUser {
    email: String,
    name: String,
    phone: Option<String>,
}

/// The body of `PATCH /users/{id}`. A field that is absent stays as it is.
#[derive(Debug, Deserialize)]
struct UpdateUser {
    #[serde(default, deserialize_with = "present")]
    name: Option<String>,
    /// `Some(None)` removes the number.
    #[serde(default, deserialize_with = "present")]
    phone: Option<Option<String>>,
}
// ANCHOR_END: requests

// ANCHOR: present
/// serde calls this only when the field is there: `None` is left for a field that is absent.
fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
// ANCHOR_END: present

// ANCHOR: responses
/// A user as clients see it.
#[derive(Debug, Serialize)]
struct UserResponse {
    id: String,
    email: String,
    name: String,
    phone: Option<String>,
}

impl From<User> for UserResponse {
    fn from(user: User) -> Self {
        Self { id: user.id, email: user.email, name: user.name, phone: user.phone }
    }
}

/// A user as the staff sees it: what clients see, and the note.
#[derive(Debug, Serialize)]
struct StaffUserResponse {
    #[serde(flatten)]
    user: UserResponse,
    staff_note: String,
}
// ANCHOR_END: responses

// ANCHOR: create
async fn create_user(
    State(pool): State<SqlitePool>,
    Json(new): Json<CreateUser>,
) -> Result<impl IntoResponse, ApiError> {
    refuse_empty([
        ("email", Some(&new.email)),
        ("name", Some(&new.name)),
        ("phone", new.phone.as_ref()),
    ])?;
    let user = User {
        id: Uuid::now_v7().to_string(),
        email: new.email,
        name: new.name,
        phone: new.phone,
        staff_note: NOTE_FOR_A_NEW_USER.to_owned(),
    };
    sqlx::query(
        "INSERT INTO users (id, email, name, phone, staff_note)
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(&user.id)
    .bind(&user.email)
    .bind(&user.name)
    .bind(&user.phone)
    .bind(&user.staff_note)
    .execute(&pool)
    .await?;
    let location = format!("/users/{}", user.id);
    let response = UserResponse::from(user);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}
// ANCHOR_END: create

async fn get_user(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
) -> Result<Json<UserResponse>, ApiError> {
    let user = find_user(&pool, &id).await?;
    Ok(Json(user.into()))
}

// ANCHOR: update
async fn update_user(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
    Json(change): Json<UpdateUser>,
) -> Result<Json<UserResponse>, ApiError> {
    refuse_empty([
        ("name", change.name.as_ref()),
        ("phone", change.phone.as_ref().and_then(Option::as_ref)),
    ])?;
    let mut users: Vec<User> = sqlx::query_as(
        "UPDATE users
         SET name = coalesce(?, name),
             phone = CASE WHEN ? THEN ? ELSE phone END
         WHERE id = ?
         RETURNING id, email, name, phone, staff_note",
    )
    .bind(change.name)
    .bind(change.phone.is_some())
    .bind(change.phone.flatten())
    .bind(id)
    .fetch_all(&pool)
    .await?;
    let user = users.pop().ok_or(ApiError::NotFound("user"))?;
    Ok(Json(user.into()))
}
// ANCHOR_END: update

async fn get_user_for_staff(
    State(pool): State<SqlitePool>,
    Path(id): Path<String>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let user = find_user(&pool, &id).await?;
    let staff_note = user.staff_note.clone();
    Ok(Json(StaffUserResponse { user: user.into(), staff_note }))
}

// ANCHOR: find
async fn find_user(pool: &SqlitePool, id: &str) -> Result<User, ApiError> {
    let user: Option<User> = sqlx::query_as(
        "SELECT id, email, name, phone, staff_note FROM users WHERE id = ?",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?;
    user.ok_or(ApiError::NotFound("user"))
}
// ANCHOR_END: find

// ANCHOR: refuse_empty
/// A text that is there must say something. The first field that does not is the one at fault.
fn refuse_empty<'a>(
    fields: impl IntoIterator<Item = (&'static str, Option<&'a String>)>,
) -> Result<(), ApiError> {
    for (field, text) in fields {
        if text.is_some_and(String::is_empty) {
            return Err(ApiError::InvalidField { field, problem: "is empty" });
        }
    }
    Ok(())
}
// ANCHOR_END: refuse_empty
