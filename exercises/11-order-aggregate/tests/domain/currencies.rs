//! Currencies.

use rstest::rstest;

use crate::domain::{Currency, UnknownCurrency};

#[rstest]
#[case(Currency::Eur, "EUR", 2)]
#[case(Currency::Gbp, "GBP", 2)]
#[case(Currency::Jpy, "JPY", 0)]
#[case(Currency::Kwd, "KWD", 3)]
#[case(Currency::Usd, "USD", 2)]
fn a_currency_has_a_code_and_decimals(
    #[case] currency: Currency,
    #[case] code: &str,
    #[case] decimals: u32,
) {
    assert_eq!(currency.to_string(), code);
    assert_eq!(code.parse(), Ok(currency));
    assert_eq!(currency.decimals(), decimals, "ISO 4217 says so");
}

#[rstest]
#[case("")]
#[case("eur")]
#[case("XXX")]
fn no_currency_is(#[case] code: &str) {
    assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency(code.to_owned())));
}
