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
    extract::{Json, Path, Query, Text},
};
use crate::{
    application::{
        AccountError, Accounts, ChangeUser, RegisterUser, RegisterUserError,
    },
    domain::{Email, EmailError, Name, Phone, User, UserId},
};

// ANCHOR: router
/// The routes of this feature, for every state that has accounts in it.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Accounts: FromRef<S>,
{
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user).patch(update_user))
        .route("/staff/users", get(find_user_for_staff))
        .route("/staff/users/{id}", get(get_user_for_staff))
        .route("/staff/users/{id}/deactivate", post(deactivate_user))
}
// ANCHOR_END: router

// ANCHOR: requests
/// The body of `POST /users`: what a client may choose.
#[derive(Debug, Deserialize)]
struct CreateUserRequest {
    email: String,
    name: Text,
    phone: Option<Text>,
}

/// The body of `PATCH /users/{id}`. A field that is absent stays as it is.
#[derive(Debug, Deserialize)]
struct UpdateUserRequest {
    #[serde(default, deserialize_with = "present")]
    name: Option<Text>,
    /// `Some(None)` removes the number.
    #[serde(default, deserialize_with = "present")]
    phone: Option<Option<Text>>,
}

/// The query of `GET /staff/users`.
#[derive(Debug, Deserialize)]
struct ByEmail {
    email: String,
}
// ANCHOR_END: requests

// ANCHOR: parse
impl TryFrom<CreateUserRequest> for RegisterUser {
    type Error = ApiError;

    fn try_from(body: CreateUserRequest) -> Result<Self, ApiError> {
        Ok(Self {
            email: email(&body.email)?,
            name: name(&body.name)?,
            phone: body.phone.as_ref().map(phone).transpose()?,
        })
    }
}

impl TryFrom<UpdateUserRequest> for ChangeUser {
    type Error = ApiError;

    fn try_from(body: UpdateUserRequest) -> Result<Self, ApiError> {
        let phone = |number: Option<Text>| number.as_ref().map(phone).transpose();
        Ok(Self {
            name: body.name.as_ref().map(name).transpose()?,
            phone: body.phone.map(phone).transpose()?,
        })
    }
}

fn email(text: &str) -> Result<Email, ApiError> {
    text.parse().map_err(|error: EmailError| ApiError::invalid("email", error))
}

fn name(text: &Text) -> Result<Name, ApiError> {
    Name::new(text.as_str()).map_err(|error| ApiError::invalid("name", error))
}

fn phone(text: &Text) -> Result<Phone, ApiError> {
    Phone::new(text.as_str()).map_err(|error| ApiError::invalid("phone", error))
}
// ANCHOR_END: parse

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
// ANCHOR_END: responses

// ANCHOR: create
async fn create_user(
    State(accounts): State<Accounts>,
    Json(body): Json<CreateUserRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let user = accounts.register(body.try_into()?).await?;
    let location = format!("/users/{}", user.id());
    let response = UserResponse::from(&user);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(response)))
}
// ANCHOR_END: create

async fn get_user(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
) -> Result<Json<UserResponse>, ApiError> {
    let user = accounts.find(user_id(&id)?).await?;
    Ok(Json((&user).into()))
}

// ANCHOR: update
async fn update_user(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
    Json(body): Json<UpdateUserRequest>,
) -> Result<Json<UserResponse>, ApiError> {
    let change = body.try_into()?;
    let user = accounts.change(user_id(&id)?, change).await?;
    Ok(Json((&user).into()))
}
// ANCHOR_END: update

async fn get_user_for_staff(
    State(accounts): State<Accounts>,
    Path(id): Path<String>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let user = accounts.find(user_id(&id)?).await?;
    Ok(Json((&user).into()))
}

/// Whose address is it? What is no address at all is nobody's.
async fn find_user_for_staff(
    State(accounts): State<Accounts>,
    Query(query): Query<ByEmail>,
) -> Result<Json<StaffUserResponse>, ApiError> {
    let email = query.email.parse().map_err(|_: EmailError| NO_SUCH_USER)?;
    let user = accounts.find_by_email(&email).await?.ok_or(NO_SUCH_USER)?;
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

// ANCHOR: errors
impl From<RegisterUserError> for ApiError {
    fn from(error: RegisterUserError) -> Self {
        match error {
            RegisterUserError::EmailTaken => Self::Conflict(
                "There is an account with this e-mail address already".to_owned(),
            ),
            RegisterUserError::Storage(error) => error.into(),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::NoSuchUser(_) => NO_SUCH_USER,
            AccountError::Storage(error) => error.into(),
        }
    }
}
// ANCHOR_END: errors
