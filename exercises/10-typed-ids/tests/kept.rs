//! What the chapters before asked for, and what still holds.

use typed_ids as desk;

#[path = "../../09-money/tests/chapter/currencies.rs"]
mod currencies;
#[path = "../../09-money/tests/chapter/amounts.rs"]
mod amounts;
#[path = "../../08-email/tests/chapter/email_addresses.rs"]
mod email_addresses;
