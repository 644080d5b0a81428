//! Currencies.

use rstest::rstest;

use crate::desk::domain::{Currency, UnknownCurrency};

#[rstest]
#[case::euros(Currency::Eur, "EUR", 2)]
#[case::pounds(Currency::Gbp, "GBP", 2)]
#[case::yen(Currency::Jpy, "JPY", 0)]
#[case::dinars(Currency::Kwd, "KWD", 3)]
#[case::dollars(Currency::Usd, "USD", 2)]
fn currency_has_code_and_decimals(
    #[case] currency: Currency,
    #[case] code: &str,
    #[case] decimals: u32,
) {
    assert_eq!(currency.to_string(), code);
    assert_eq!(code.parse(), Ok(currency));
    assert_eq!(currency.decimals(), decimals, "ISO 4217 says so");
}

#[rstest]
#[case::empty("")]
#[case::small_letters("eur")]
#[case::another("XXX")]
#[case::white_space(" EUR")]
fn unknown_currency_is_refused(#[case] code: &str) {
    assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency(code.to_owned())));
}
