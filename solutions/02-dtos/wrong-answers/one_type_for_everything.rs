// Caught by: users::creating_a_user_answers_201_and_tells_where_it_is, users::a_created_user_never_shows_its_internal_fields, users::null_removes_the_phone_number
// The starter itself: the page quotes it from here, where no learner changes it.
//! The order desk, chapter 2: users, with one type for everything.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, MutexGuard},
};

use axum::{
    Json, Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The whole service: every route it has, and no socket.
pub fn app() -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).patch(update_user))
        .route("/staff/users/{id}", get(get_user_for_staff))
}

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}

// ANCHOR: entity
/// A user: as the service keeps it, as clients send it, and as everybody sees it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
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

static USERS: LazyLock<Mutex<HashMap<String, User>>> =
    LazyLock::new(Mutex::default);

fn users() -> MutexGuard<'static, HashMap<String, User>> {
    USERS.lock().expect("no handler panics while it holds the users")
}

// ANCHOR: create
async fn create_user(Json(mut user): Json<User>) -> Json<User> {
    if user.id.is_empty() {
        user.id = Uuid::now_v7().to_string();
    }
    if user.staff_note.is_empty() {
        user.staff_note = NOTE_FOR_A_NEW_USER.to_owned();
    }
    users().insert(user.id.clone(), user.clone());
    Json(user)
}
// ANCHOR_END: create

async fn get_user(Path(id): Path<String>) -> Result<Json<User>, StatusCode> {
    users().get(&id).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}

// ANCHOR: update
async fn update_user(
    Path(id): Path<String>,
    Json(change): Json<User>,
) -> Result<Json<User>, StatusCode> {
    let mut users = users();
    let user = users.get_mut(&id).ok_or(StatusCode::NOT_FOUND)?;
    if !change.name.is_empty() {
        user.name = change.name;
    }
    if change.phone.is_some() {
        user.phone = change.phone;
    }
    Ok(Json(user.clone()))
}
// ANCHOR_END: update

async fn get_user_for_staff(
    Path(id): Path<String>,
) -> Result<Json<User>, StatusCode> {
    users().get(&id).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}
