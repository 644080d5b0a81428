//! What the chapters before asked for, and what still holds.

use money as desk;

#[path = "../../08-email/tests/chapter/email_addresses.rs"]
mod email_addresses;
