//! What this chapter asks for, in the order of its page.

use first_route as desk;

#[path = "../support/service.rs"]
mod service;

mod health;
