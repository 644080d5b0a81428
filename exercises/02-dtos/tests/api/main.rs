//! What a client can rely on, one module for each feature.

use dtos::app;

mod health;
mod users;
