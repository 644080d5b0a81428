//! What the chapters before asked for, and what still holds.

use customer as desk;

#[path = "../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../../12-order-states/tests/support/orders_by_state.rs"]
mod orders_by_state;
#[path = "../../13-domain-errors/tests/support/price_errors.rs"]
mod price_errors;

#[path = "../../13-domain-errors/tests/chapter/refused_moves.rs"]
mod refused_moves;
#[path = "../../12-order-states/tests/chapter/legal_moves.rs"]
mod legal_moves;
#[path = "../../11-order-aggregate/tests/chapter/order_prices.rs"]
mod order_prices;
#[path = "../../13-domain-errors/tests/chapter/errors_without_text.rs"]
mod errors_without_text;
#[path = "../../13-domain-errors/tests/chapter/error_meanings.rs"]
mod error_meanings;
#[path = "../../12-order-states/tests/chapter/state_privacy.rs"]
mod state_privacy;
#[path = "../../11-order-aggregate/tests/chapter/quantity.rs"]
mod quantity;
#[path = "../../11-order-aggregate/tests/chapter/order.rs"]
mod order;
#[path = "../../11-order-aggregate/tests/chapter/order_privacy.rs"]
mod order_privacy;
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
