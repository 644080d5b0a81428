// Caught by: on_purpose::of_several_faults_the_first_field_is_named
// Replaces: src/http/users.rs
//! Users: sign up, read, change.

use axum::{
    Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    error::ApiError,
    extract::{Json, Path},
};
use crate::{
    application::{AccountError, Accounts, ChangeUser, RegisterUser},
    domain::{Email, EmailError, Name, Phone, User, UserId},
};
/// The routes of this feature, for every state that has accounts in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Accounts: FromRef<S>,
{
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).patch(update_user))
        .route("/staff/users/{id}", get(get_user_for_staff))
        .route("/staff/users/{id}/deactivate", post(deactivate_user))
}
/// The body of `POST /users`: what a client may choose.
#[derive(Debug, Deserialize)]
struct CreateUserRequest {
    email: String,
    name: String,
    phone: Option<String>,
}

/// The body of `PATCH /users/{id}`. A field that is absent stays as it is.
#[derive(Debug, Deserialize)]
struct UpdateUserRequest {
    #[serde(default, deserialize_with = "present")]
    name: Option<String>,
    /// `Some(None)` removes the number.
    #[serde(default, deserialize_with = "present")]
    phone: Option<Option<String>>,
}
impl TryFrom<CreateUserRequest> for RegisterUser {
    type Error = ApiError;

    fn try_from(body: CreateUserRequest) -> Result<Self, ApiError> {
        let name = name(&body.name)?;
        Ok(Self {
            email: email(&body.email)?,
            name,
            phone: body.phone.as_deref().map(phone).transpose()?,
        })
    }
}

impl TryFrom<UpdateUserRequest> for ChangeUser {
    type Error = ApiError;

    fn try_from(body: UpdateUserRequest) -> Result<Self, ApiError> {
        let phone =
            |number: Option<String>| number.as_deref().map(phone).transpose();
        Ok(Self {
            name: body.name.as_deref().map(name).transpose()?,
            phone: body.phone.map(phone).transpose()?,
        })
    }
}

fn email(text: &str) -> Result<Email, ApiError> {
    text.parse().map_err(|error: EmailError| ApiError::invalid("email", error))
}

fn name(text: &str) -> Result<Name, ApiError> {
    Name::new(text).map_err(|error| ApiError::invalid("name", error))
}

fn phone(text: &str) -> Result<Phone, ApiError> {
    Phone::new(text).map_err(|error| ApiError::invalid("phone", error))
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
            id: user.id().to_string(),
            email: user.email().to_string(),
            name: user.name().to_string(),
            phone: user.phone().map(ToString::to_string),
        }
    }
}

/// A user as the staff sees it: what clients see, the note, and whether the user may order.
#[derive(Debug, Serialize)]
struct StaffUserResponse {
    #[serde(flatten)]
    user: UserResponse,
    staff_note: String,
    active: bool,
}

impl From<&User> for StaffUserResponse {
    fn from(user: &User) -> Self {
        Self {
            user: user.into(),
            staff_note: user.staff_note().to_owned(),
            active: user.is_active(),
        }
    }
}
async fn create_user(
    State(accounts): State<Accounts>,
    Json(body): Json<CreateUserRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let user = accounts.register(body.try_into()?).await?;
    let location = format!("/users/{}", user.id());
    let response = UserResponse::from(&user);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}

async fn get_user(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
) -> Result<Json<UserResponse>, ApiError> {
    let user = accounts.find(user_id(&id)?).await?;
    Ok(Json((&user).into()))
}
async fn update_user(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
    Json(body): Json<UpdateUserRequest>,
) -> Result<Json<UserResponse>, ApiError> {
    let change = body.try_into()?;
    let user = accounts.change(user_id(&id)?, change).await?;
    Ok(Json((&user).into()))
}

async fn get_user_for_staff(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let user = accounts.find(user_id(&id)?).await?;
    Ok(Json((&user).into()))
}

async fn deactivate_user(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let user = accounts.deactivate(user_id(&id)?).await?;
    Ok(Json((&user).into()))
}

const NO_SUCH_USER: ApiError = ApiError::NotFound("user");

/// What is no id at all is the id of no user.
fn user_id(text: &str) -> Result<UserId, ApiError> {
    text.parse().map_err(|_| NO_SUCH_USER)
}
impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::NoSuchUser(_) => NO_SUCH_USER,
            AccountError::Storage(error) => error.into(),
        }
    }
}
