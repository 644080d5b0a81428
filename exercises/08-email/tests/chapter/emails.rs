//! E-mail addresses.

use std::collections::HashSet;

use rstest::rstest;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::desk::domain::{Email, EmailError};

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

// ANCHOR: good
#[rstest]
#[case::short("ada@beans.example")]
#[case::digits("4711@beans.example")]
#[case::a_tag("ada+coffee@beans.example")]
#[case::dots_and_signs("a.d_a-l!#$%&'*/=?^`{|}~@beans.example")]
#[case::a_host_with_parts("ada@mail.shop.beans-and-more.example")]
#[case::german("jörg@bücher.example")]
#[case::chinese("用户@例子.广告")]
#[case::hindi("संपर्क@डाटामेल.भारत")]
#[case::marks_and_pictures("jo\u{308}rg@bu\u{308}cher-☕.example")]
fn an_address_is(#[case] text: &str) {
    assert_eq!(text.parse::<Email>().as_ref().map(Email::as_str), Ok(text));
}
// ANCHOR_END: good

// ANCHOR: bad
#[rstest]
#[case::nothing("", EmailError::Empty)]
#[case::white_space(" \t\n", EmailError::Empty)]
#[case::a_name("ada", EmailError::NotOneAt)]
#[case::two_of_them("ada@beans@shop.example", EmailError::NotOneAt)]
#[case::only_the_sign("@", EmailError::Local)]
#[case::nobody("@beans.example", EmailError::Local)]
#[case::a_dot_at_the_start(".ada@beans.example", EmailError::Local)]
#[case::a_dot_at_the_end("ada.@beans.example", EmailError::Local)]
#[case::two_dots("ada..l@beans.example", EmailError::Local)]
#[case::nowhere("ada@", EmailError::Host)]
#[case::no_dot("ada@beans", EmailError::Host)]
#[case::a_dot_first("ada@.example", EmailError::Host)]
#[case::a_dot_last("ada@beans.example.", EmailError::Host)]
#[case::a_hyphen_first("ada@-beans.example", EmailError::Host)]
#[case::a_hyphen_last("ada@beans-.example", EmailError::Host)]
#[case::a_sign_in_the_host("ada@be_ans.example", EmailError::Host)]
#[case::white_space_inside(
    "ada lovelace@beans.example",
    EmailError::Character(' ')
)]
#[case::white_space_in_the_host("ada@beans. example", EmailError::Character(' '))]
#[case::a_line_break("ada@beans.example\nbcc:all", EmailError::Character('\n'))]
#[case::a_wide_space(
    "ada\u{3000}l@beans.example",
    EmailError::Character('\u{3000}')
)]
#[case::a_control_character("ada\0@beans.example", EmailError::Character('\0'))]
#[case::what_nobody_sees(
    "ada\u{200b}@beans.example",
    EmailError::Character('\u{200b}')
)]
#[case::a_list("ada@beans.example,eve@x.example", EmailError::Character(','))]
#[case::a_name_beside_it("Ada<ada@beans.example>", EmailError::Character('<'))]
#[case::quotes("\"ada\"@beans.example", EmailError::Character('"'))]
#[case::two_dots_in_the_host("ada@beans..example", EmailError::Host)]
fn no_address_is(#[case] text: &str, #[case] error: EmailError) {
    assert_eq!(text.parse::<Email>(), Err(error), "{text:?}");
    let sent: Result<Email, _> = serde_json::from_value(json!(text));
    assert!(sent.is_err(), "JSON gets {text:?} past the rule: {sent:?}");
}
// ANCHOR_END: bad

#[test]
fn of_ascii_there_are_letters_digits_and_some_signs() {
    for c in (0..128_u8).map(char::from) {
        let text = format!("ada{c}l@beans.example");
        let expected = match c {
            '@' => Err(EmailError::NotOneAt),
            _ if c.is_ascii_alphanumeric() => Ok(()),
            _ if "!#$%&'*+-/=?^_`{|}~.".contains(c) => Ok(()),
            _ => Err(EmailError::Character(c)),
        };
        assert_eq!(text.parse::<Email>().map(drop), expected, "{text:?}");
    }
}

#[rstest]
#[case::white_space(&['\u{a0}', '\u{1680}', '\u{2000}', '\u{200a}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}'])]
#[case::control_characters(&['\u{80}', '\u{85}', '\u{9f}'])]
#[case::invisible_ones(&['\u{200b}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2060}', '\u{206f}', '\u{feff}'])]
fn beyond_ascii_there_are_no(#[case] characters: &[char]) {
    for &c in characters {
        let text = format!("ada{c}l@beans.example");
        let expected = Err(EmailError::Character(c));
        assert_eq!(text.parse::<Email>(), expected, "{text:?}");
    }
}

#[rstest]
#[case::a_character_before_the_signs("ada lovelace", EmailError::Character(' '))]
#[case::the_sign_before_the_length(&"a".repeat(255), EmailError::NotOneAt)]
#[case::the_length_before_the_name(&format!(".{}@beans.example", "a".repeat(64)), EmailError::TooLong)]
#[case::the_length_before_the_host(&format!("{}@", "a".repeat(65)), EmailError::TooLong)]
#[case::the_name_before_the_host(".@", EmailError::Local)]
fn the_first_broken_rule_is_the_error(
    #[case] text: &str,
    #[case] error: EmailError,
) {
    assert_eq!(text.parse::<Email>(), Err(error), "{text:?}");
}

#[rstest]
#[case::before_the_sign(64, 20, Ok(()))]
#[case::one_more_before_it(65, 20, Err(EmailError::TooLong))]
#[case::together(64, 189, Ok(()))]
#[case::one_more_together(64, 190, Err(EmailError::TooLong))]
fn an_address_has_at_most_254_bytes(
    #[case] local: usize,
    #[case] host: usize,
    #[case] expected: Result<(), EmailError>,
) {
    let text = format!("{}@{}", "a".repeat(local), host_of(host));
    assert_eq!(text.len(), local + 1 + host);
    assert_eq!(text.parse::<Email>().map(drop), expected);
    let padded = format!("  {text}\n");
    let clean = padded.parse::<Email>().map(drop);
    assert_eq!(clean, expected, "white space is no part of it, and has no length");
}

#[rstest]
#[case::before_the_sign(32, 0, Ok(()))]
#[case::one_more_before_it(33, 0, Err(EmailError::TooLong))]
#[case::in_the_host(0, 31, Ok(()))]
#[case::one_more_in_the_host(0, 32, Err(EmailError::Host))]
fn a_letter_of_two_bytes_counts_twice(
    #[case] local: usize,
    #[case] host: usize,
    #[case] expected: Result<(), EmailError>,
) {
    let (local, host) = ("ö".repeat(local), "ü".repeat(host));
    let text = if host.is_empty() {
        format!("{local}@beans.example")
    } else {
        format!("ada@{host}.example")
    };
    assert_eq!(text.parse::<Email>().map(drop), expected, "{text:?}");
}

#[test]
fn letters_of_two_bytes_count_twice_together() {
    let part = "ü".repeat(30);
    let text = format!("ada@{part}.{part}.{part}.{part}.example");
    assert!(text.chars().count() < 254 && text.len() > 254);
    assert_eq!(text.parse::<Email>(), Err(EmailError::TooLong));
}

/// A host with this many bytes.
fn host_of(bytes: usize) -> String {
    let mut host = "beans.".repeat(bytes / 6) + "example";
    host.drain(..host.len() - bytes);
    host.replace_range(..1, "x");
    host
}

#[test]
fn a_part_of_the_host_has_at_most_63_bytes() {
    let address =
        |bytes| format!("ada@{}.example", "x".repeat(bytes)).parse::<Email>();
    assert!(address(63).is_ok());
    assert_eq!(address(64), Err(EmailError::Host));
}

// ANCHOR: twins
#[test]
fn case_twins_are_one_address() {
    assert_eq!(email("Ada@Beans.Example"), email("ada@beans.example"));
    assert_eq!(email("JÖRG@beans.example"), email("jörg@beans.example"));
    let set =
        HashSet::from([email("ADA@beans.example"), email("ada@beans.example")]);
    assert_eq!(set.len(), 1, "equal addresses have equal hashes");
}
// ANCHOR_END: twins

#[test]
fn different_addresses_differ() {
    assert_ne!(email("ada@beans.example"), email("eve@beans.example"));
    assert_ne!(email("ada@beans.example"), email("ada@shop.example"));
}

#[test]
fn white_space_around_it_is_no_part_of_it() {
    assert_eq!(email("  ada@beans.example\r\n"), email("ada@beans.example"));
    let pasted = email("\u{a0}ada@beans.example\u{3000}");
    assert_eq!(pasted, email("ada@beans.example"), "not only ASCII is white space");
}

#[test]
fn it_is_shown_in_small_letters() {
    assert_eq!(email(" Ada@Beans.Example ").to_string(), "ada@beans.example");
    assert_eq!(email(" Ada@Beans.Example ").as_str(), "ada@beans.example");
}

#[derive(Debug, Deserialize, Serialize)]
struct SignUp {
    email: Email,
}

#[test]
fn json_goes_through_the_same_door() {
    let sent = |text: &str| {
        let body = json!({ "email": text });
        serde_json::from_value::<SignUp>(body).expect("an address").email
    };
    assert_eq!(sent(" Ada@Beans.Example"), email("ada@beans.example"));
    assert_eq!(sent("JÖRG@beans.example\u{a0}"), email("jörg@beans.example"));
}

#[test]
fn json_says_why_it_is_no_address() {
    let refused = serde_json::from_value::<SignUp>(json!({ "email": "@" }));
    let why = refused.expect_err("no address").to_string();
    assert_eq!(why, EmailError::Local.to_string());
}

#[test]
fn as_json_it_is_a_text() {
    let sent = SignUp { email: email("ada@beans.example") };
    let json = serde_json::to_value(sent).expect("JSON");
    assert_eq!(json, json!({ "email": "ada@beans.example" }));
}
