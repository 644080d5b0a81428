//! What the chapters before asked for, and what still holds.

use dtos as desk;

#[path = "../../01-first-route/tests/support/service.rs"]
mod service;

#[path = "../../01-first-route/tests/chapter/health.rs"]
mod health;
