//! What the chapters before asked for, and what still holds.

use kill_the_mutants as desk;

#[path = "../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../../14-customer/tests/support/houses.rs"]
mod houses;
#[path = "../../12-order-states/tests/support/orders_by_state.rs"]
mod orders_by_state;
#[path = "../../13-domain-errors/tests/support/price_errors.rs"]
mod price_errors;

#[path = "../../14-customer/tests/chapter/customers.rs"]
mod customers;
#[path = "../../14-customer/tests/chapter/closed_customers.rs"]
mod closed_customers;
#[path = "../../14-customer/tests/chapter/addresses.rs"]
mod addresses;
#[path = "../../14-customer/tests/chapter/dispatch.rs"]
mod dispatch;
#[path = "../../13-domain-errors/tests/chapter/refused_moves.rs"]
mod refused_moves;
#[path = "../../12-order-states/tests/chapter/states.rs"]
mod states;
#[path = "../../11-order-aggregate/tests/chapter/order_prices.rs"]
mod order_prices;
#[path = "../../13-domain-errors/tests/chapter/typed_errors.rs"]
mod typed_errors;
#[path = "../../13-domain-errors/tests/chapter/error_meanings.rs"]
mod error_meanings;
#[path = "../../12-order-states/tests/chapter/closed_states.rs"]
mod closed_states;
#[path = "../../11-order-aggregate/tests/chapter/quantity.rs"]
mod quantity;
#[path = "../../11-order-aggregate/tests/chapter/order.rs"]
mod order;
#[path = "../../11-order-aggregate/tests/chapter/closed_orders.rs"]
mod closed_orders;
#[path = "../../10-typed-ids/tests/chapter/ids.rs"]
mod ids;
#[path = "../../10-typed-ids/tests/chapter/closed_ids.rs"]
mod closed_ids;
#[path = "../../10-typed-ids/tests/chapter/user.rs"]
mod user;
#[path = "../../09-money/tests/chapter/currencies.rs"]
mod currencies;
#[path = "../../09-money/tests/chapter/amounts.rs"]
mod amounts;
#[path = "../../08-email/tests/chapter/emails.rs"]
mod emails;
