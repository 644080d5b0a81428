// Caught by: errors::a_field_that_breaks_a_rule_is_named
// Replaces: src/users.rs
//! Users: sign up, read, change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::{
    error::ApiError,
    extract::{Json, Path},
};

/// The routes of this feature, for every state that has a [`UserStore`] in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    UserStore: FromRef<S>,
{
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).patch(update_user))
        .route("/staff/users/{id}", get(get_user_for_staff))
}

/// The users of one service, by their id. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct UserStore(Arc<Mutex<HashMap<String, User>>>);

impl UserStore {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, User>> {
        self.0.lock().expect("no handler panics while it holds the users")
    }
}

/// A user as the service keeps it. It never leaves the service as it is.
#[derive(Debug, Clone)]
struct User {
    id: String,
    email: String,
    name: String,
    phone: Option<String>,
    /// What the staff thinks of this user. For the staff alone.
    staff_note: String,
}

const NOTE_FOR_A_NEW_USER: &str = "new: check the address before the first order";

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

/// serde calls this only when the field is there: `None` is left for a field that is absent.
fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A user as clients see it.
#[derive(Debug, Serialize)]
struct UserResponse {
    id: String,
    email: String,
    name: String,
    phone: Option<String>,
}

impl From<&User> for UserResponse {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.clone(),
            email: user.email.clone(),
            name: user.name.clone(),
            phone: user.phone.clone(),
        }
    }
}

/// A user as the staff sees it: what clients see, and the note.
#[derive(Debug, Serialize)]
struct StaffUserResponse {
    #[serde(flatten)]
    user: UserResponse,
    staff_note: String,
}

async fn create_user(
    State(users): State<UserStore>,
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
    let location = format!("/users/{}", user.id);
    let response = UserResponse::from(&user);
    users.lock().insert(user.id.clone(), user);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}

async fn get_user(
    State(users): State<UserStore>,
    Path(id): Path<String>,
) -> Result<Json<UserResponse>, ApiError> {
    let users = users.lock();
    let user = users.get(&id).ok_or(ApiError::NotFound("user"))?;
    Ok(Json(user.into()))
}

async fn update_user(
    State(users): State<UserStore>,
    Path(id): Path<String>,
    Json(change): Json<UpdateUser>,
) -> Result<Json<UserResponse>, ApiError> {
    refuse_empty([
        ("name", change.name.as_ref()),
        ("phone", change.phone.as_ref().and_then(Option::as_ref)),
    ])?;
    let mut users = users.lock();
    let user = users.get_mut(&id).ok_or(ApiError::NotFound("user"))?;
    if let Some(name) = change.name {
        user.name = name;
    }
    if let Some(phone) = change.phone {
        user.phone = phone;
    }
    Ok(Json((&*user).into()))
}

async fn get_user_for_staff(
    State(users): State<UserStore>,
    Path(id): Path<String>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let users = users.lock();
    let user = users.get(&id).ok_or(ApiError::NotFound("user"))?;
    Ok(Json(StaffUserResponse {
        user: user.into(),
        staff_note: user.staff_note.clone(),
    }))
}

/// A text that is there must say something. The first field that does not is the one at fault.
fn refuse_empty<'a>(
    fields: impl IntoIterator<Item = (&'static str, Option<&'a String>)>,
) -> Result<(), ApiError> {
    for (_, text) in fields {
        if text.is_some_and(String::is_empty) {
            return Err(ApiError::InvalidField { field: "email", problem: "is empty" });
        }
    }
    Ok(())
}
