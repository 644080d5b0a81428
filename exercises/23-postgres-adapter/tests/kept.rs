//! What the chapters before asked for, and what still holds.

use postgres_adapter as desk;

#[path = "../../03-routers-and-state/tests/support/beans.rs"]
mod beans;
#[path = "../../06-pagination/tests/support/catalogue.rs"]
mod catalogue;
#[path = "support/composition.rs"]
mod composition;
#[path = "../../18-sqlite-adapter/tests/support/broken_rules.rs"]
mod broken_rules;
#[path = "../../17-repository-port/tests/support/desk_in_memory.rs"]
mod desk_in_memory;
#[path = "../../16-use-case/tests/support/envelope.rs"]
mod envelope;
#[path = "../../18-sqlite-adapter/tests/support/every_adapter.rs"]
mod every_adapter;
#[path = "../../22-unique-email/tests/support/fake_users.rs"]
mod fake_users;
#[path = "../../17-repository-port/tests/support/fakes.rs"]
mod fakes;
#[path = "../../19-clock-and-ids/tests/support/fixed.rs"]
mod fixed;
#[path = "../../07-fat-handlers/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../11-order-aggregate/tests/support/given.rs"]
mod given;
#[path = "../../14-customer/tests/support/houses.rs"]
mod houses;
#[path = "../../12-order-states/tests/support/orders_by_state.rs"]
mod orders_by_state;
#[path = "../../06-pagination/tests/support/page.rs"]
mod page;
#[path = "../../02-dtos/tests/support/people.rs"]
mod people;
#[path = "../../13-domain-errors/tests/support/price_errors.rs"]
mod price_errors;
#[path = "../../18-sqlite-adapter/tests/support/repositories.rs"]
mod repositories;
#[path = "../../05-sqlite-crud/tests/support/samples.rs"]
mod samples;
#[path = "../../17-repository-port/tests/support/samples_of_orders.rs"]
mod samples_of_orders;
#[path = "../../05-sqlite-crud/tests/support/service.rs"]
mod service;
#[path = "../../18-sqlite-adapter/tests/support/sql.rs"]
mod sql;
#[path = "../../18-sqlite-adapter/tests/support/statements.rs"]
mod statements;
#[path = "../../22-unique-email/tests/support/storage_errors.rs"]
mod storage_errors;
#[path = "../../19-clock-and-ids/tests/support/use_case_wiring.rs"]
mod use_case_wiring;
#[path = "../../19-clock-and-ids/tests/support/users_router.rs"]
mod users_router;
#[path = "../../07-fat-handlers/tests/support/ways.rs"]
mod ways;
#[path = "support/wiring.rs"]
mod wiring;

#[path = "../../22-unique-email/tests/chapter/unique_index.rs"]
mod unique_index;
#[path = "../../22-unique-email/tests/chapter/contract/mod.rs"]
mod contract;
#[path = "../../22-unique-email/tests/chapter/registration.rs"]
mod registration;
#[path = "../../22-unique-email/tests/chapter/concurrent_registration.rs"]
mod concurrent_registration;
#[path = "../../21-dependency-rule/tests/chapter/architecture.rs"]
mod architecture;
#[path = "../../21-dependency-rule/tests/chapter/cancellation.rs"]
mod cancellation;
#[path = "../../20-composition-root/tests/chapter/globals.rs"]
mod globals;
#[path = "../../20-composition-root/tests/chapter/other_adapters.rs"]
mod other_adapters;
#[path = "../../05-sqlite-crud/tests/chapter/app_state.rs"]
mod app_state;
#[path = "../../05-sqlite-crud/tests/chapter/restart.rs"]
mod restart;
#[path = "../../07-fat-handlers/tests/given/orders.rs"]
mod orders;
#[path = "../../07-fat-handlers/tests/given/order_transactions.rs"]
mod order_transactions;
#[path = "../../07-fat-handlers/tests/chapter/deactivated_users.rs"]
mod deactivated_users;
#[path = "../../19-clock-and-ids/tests/chapter/exact_answers.rs"]
mod exact_answers;
#[path = "../../19-clock-and-ids/tests/chapter/clock.rs"]
mod clock;
#[path = "../../19-clock-and-ids/tests/chapter/no_hidden_inputs.rs"]
mod no_hidden_inputs;
#[path = "../../18-sqlite-adapter/tests/chapter/stored_rows.rs"]
mod stored_rows;
#[path = "../../18-sqlite-adapter/tests/chapter/isolation.rs"]
mod isolation;
#[path = "../../17-repository-port/tests/chapter/use_cases.rs"]
mod use_cases;
#[path = "../../17-repository-port/tests/chapter/failing_ports.rs"]
mod failing_ports;
#[path = "../../16-use-case/tests/chapter/statuses.rs"]
mod statuses;
#[path = "../../16-use-case/tests/chapter/order_log.rs"]
mod order_log;
#[path = "../../16-use-case/tests/chapter/changed_answers.rs"]
mod changed_answers;
#[path = "../../07-fat-handlers/tests/chapter/repeat_and_cancel.rs"]
mod repeat_and_cancel;
#[path = "../../07-fat-handlers/tests/chapter/concurrent_orders.rs"]
mod concurrent_orders;
#[path = "../../06-pagination/tests/chapter/page_cost.rs"]
mod page_cost;
#[path = "../../06-pagination/tests/chapter/pages.rs"]
mod pages;
#[path = "../../06-pagination/tests/chapter/product_list.rs"]
mod product_list;
#[path = "../../05-sqlite-crud/tests/chapter/database_file.rs"]
mod database_file;
#[path = "../../05-sqlite-crud/tests/chapter/product_delete.rs"]
mod product_delete;
#[path = "../../03-routers-and-state/tests/chapter/products.rs"]
mod products;
#[path = "../../04-error-envelope/tests/chapter/problem_documents.rs"]
mod problem_documents;
#[path = "../../03-routers-and-state/tests/chapter/slow_clients.rs"]
mod slow_clients;
#[path = "../../02-dtos/tests/chapter/users.rs"]
mod users;
#[path = "../../01-first-route/tests/chapter/health.rs"]
mod health;
#[path = "../../14-customer/tests/chapter/customers.rs"]
mod customers;
#[path = "../../14-customer/tests/chapter/addresses.rs"]
mod addresses;
#[path = "../../14-customer/tests/chapter/dispatch.rs"]
mod dispatch;
#[path = "../../13-domain-errors/tests/chapter/refused_moves.rs"]
mod refused_moves;
#[path = "../../12-order-states/tests/chapter/legal_moves.rs"]
mod legal_moves;
#[path = "../../11-order-aggregate/tests/chapter/order_prices.rs"]
mod order_prices;
#[path = "../../13-domain-errors/tests/chapter/error_meanings.rs"]
mod error_meanings;
#[path = "../../11-order-aggregate/tests/chapter/quantity.rs"]
mod quantity;
#[path = "../../11-order-aggregate/tests/chapter/order.rs"]
mod order;
#[path = "../../10-typed-ids/tests/chapter/ids.rs"]
mod ids;
#[path = "../../10-typed-ids/tests/chapter/user.rs"]
mod user;
#[path = "../../09-money/tests/chapter/currencies.rs"]
mod currencies;
#[path = "../../09-money/tests/chapter/amounts.rs"]
mod amounts;
#[path = "../../08-email/tests/chapter/email_addresses.rs"]
mod email_addresses;
