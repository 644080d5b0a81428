//! What the chapters before asked for, and what still holds.

use order_aggregate as desk;

#[path = "../../10-typed-ids/tests/chapter/ids.rs"]
mod ids;
#[path = "../../10-typed-ids/tests/chapter/id_privacy.rs"]
mod id_privacy;
#[path = "../../10-typed-ids/tests/chapter/user.rs"]
mod user;
#[path = "../../09-money/tests/chapter/currencies.rs"]
mod currencies;
#[path = "../../09-money/tests/chapter/amounts.rs"]
mod amounts;
#[path = "../../08-email/tests/chapter/email_addresses.rs"]
mod email_addresses;
