//! E-mail addresses.

use std::collections::HashSet;

use rstest::rstest;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::desk::domain::{Email, EmailError};

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

#[test]
fn surrounding_white_space_is_removed() {
    assert_eq!(email("  ada@beans.example\r\n"), email("ada@beans.example"));
    for c in "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}".chars() {
        let text = format!("{c}ada@beans.example{c}{c}");
        let clean = text.parse::<Email>();
        assert_eq!(clean, Ok(email("ada@beans.example")), "{text:?}");
    }
}

#[test]
fn other_surrounding_characters_are_refused() {
    for c in "\0\u{1f}\u{7f}<>\"\u{9f}\u{200b}\u{200f}\u{2060}\u{feff}".chars() {
        for text in [
            format!("{c}ada@beans.example"),
            format!(" ada@beans.example{c} "),
            c.to_string(),
        ] {
            let expected = Err(EmailError::Character(c));
            assert_eq!(text.parse::<Email>(), expected, "{text:?}");
        }
    }
}

#[rstest]
#[case::ascii(" Ada@Beans.Example ", "ada@beans.example")]
#[case::umlauts("JÖRG@BÜCHER.example", "jörg@bücher.example")]
#[case::sigma_at_the_end("ΑΝΝΑΣ@beans.example", "αννας@beans.example")]
#[case::lower_case_only("straße@beans.example", "straße@beans.example")]
#[case::longer_in_lower_case("İ@beans.example", "i\u{307}@beans.example")]
#[case::sigma_before_a_dot("ΑΝΝΑΣ.Β@ΑΝΝΑΣ.Β.example", "αννασ.β@αννασ.β.example")]
fn email_is_shown_in_lower_case(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(email(text).as_str(), shown);
    assert_eq!(email(text).to_string(), shown);
}

// ANCHOR: good
#[rstest]
#[case::plain("ada@beans.example")]
#[case::shortest("a@b.c")]
#[case::digits("4711@beans.example")]
#[case::tag("ada+coffee@beans.example")]
#[case::dots_and_signs("a.d_a-l!#$%&'*/=?^`{|}~@beans.example")]
#[case::signs_at_both_ends("-ada-@beans.example")]
#[case::host_with_parts("ada@mail.shop.beans-and-more.example")]
#[case::host_of_numbers("ada@10.0.0.1")]
#[case::two_hyphens_in_the_host("ada@xn--bcher-kva.example")]
#[case::german("jörg@bücher.example")]
#[case::chinese("用户@例子.广告")]
#[case::hindi("संपर्क@डाटामेल.भारत")]
#[case::marks_and_pictures("jo\u{308}rg@bu\u{308}cher-☕.example")]
fn valid_email_is_accepted(#[case] text: &str) {
    assert_eq!(text.parse::<Email>().as_ref().map(Email::as_str), Ok(text));
}
// ANCHOR_END: good

// ANCHOR: bad
#[rstest]
#[case::empty("", EmailError::Empty)]
#[case::only_white_space(" \t\n", EmailError::Empty)]
#[case::white_space_inside(
    "ada lovelace@beans.example",
    EmailError::Character(' ')
)]
#[case::white_space_before_the_at_sign(
    "ada @beans.example",
    EmailError::Character(' ')
)]
#[case::white_space_after_the_at_sign(
    "ada@ beans.example",
    EmailError::Character(' ')
)]
#[case::white_space_in_the_host("ada@beans. example", EmailError::Character(' '))]
#[case::line_break("ada@beans.example\nbcc:all", EmailError::Character('\n'))]
#[case::list("ada@beans.example,eve@x.example", EmailError::Character(','))]
#[case::name_beside_it("Ada<ada@beans.example>", EmailError::Character('<'))]
#[case::quotes("\"ada\"@beans.example", EmailError::Character('"'))]
#[case::invisible_character(
    "ada\u{200b}@beans.example",
    EmailError::Character('\u{200b}')
)]
#[case::no_at_sign("ada", EmailError::NotOneAt)]
#[case::two_at_signs("ada@beans@shop.example", EmailError::NotOneAt)]
#[case::two_at_signs_in_a_row("ada@@beans.example", EmailError::NotOneAt)]
#[case::only_an_at_sign("@", EmailError::Local)]
#[case::nothing_before_the_at_sign("@beans.example", EmailError::Local)]
#[case::dot_at_the_start(".ada@beans.example", EmailError::Local)]
#[case::dot_before_the_at_sign("ada.@beans.example", EmailError::Local)]
#[case::two_dots_in_a_row("ada..l@beans.example", EmailError::Local)]
#[case::nothing_after_the_at_sign("ada@", EmailError::Host)]
#[case::host_without_dot("ada@beans", EmailError::Host)]
#[case::host_of_a_dot("ada@.", EmailError::Host)]
#[case::host_begins_with_a_dot("ada@.example", EmailError::Host)]
#[case::host_ends_with_a_dot("ada@beans.example.", EmailError::Host)]
#[case::two_dots_in_the_host("ada@beans..example", EmailError::Host)]
#[case::part_begins_with_a_hyphen("ada@-beans.example", EmailError::Host)]
#[case::part_ends_with_a_hyphen("ada@beans-.example", EmailError::Host)]
#[case::last_part_begins_with_a_hyphen("ada@beans.-example", EmailError::Host)]
#[case::host_ends_with_a_hyphen("ada@beans.example-", EmailError::Host)]
#[case::middle_part_is_a_hyphen("ada@mail.-.example", EmailError::Host)]
#[case::link("mailto:ada@beans.example", EmailError::Character(':'))]
fn invalid_email_is_refused(#[case] text: &str, #[case] error: EmailError) {
    assert_eq!(text.parse::<Email>(), Err(error), "{text:?}");
    let sent = serde_json::from_value::<Email>(json!(text));
    let why = sent.map_err(|error| error.to_string());
    assert_eq!(why, Err(error.to_string()), "{text:?} in JSON");
}
// ANCHOR_END: bad

/// What ASCII has beside letters, digits and the `@`.
const SIGNS: &str = "!#$%&'*+-/=?^_`{|}~.";

#[test]
fn ascii_before_the_at_sign_is_letters_digits_and_signs() {
    for c in (0..128_u8).map(char::from) {
        let text = format!("ada{c}l@beans.example");
        let expected = match c {
            '@' => Err(EmailError::NotOneAt),
            _ if c.is_ascii_alphanumeric() || SIGNS.contains(c) => Ok(()),
            _ => Err(EmailError::Character(c)),
        };
        assert_eq!(text.parse::<Email>().map(drop), expected, "{text:?}");
    }
    for c in SIGNS.chars().filter(|&c| c != '.') {
        let text = format!("{c}@beans.example");
        assert_eq!(text.parse::<Email>().map(drop), Ok(()), "{text:?}");
    }
}

#[test]
fn ascii_in_the_host_is_letters_digits_and_hyphens() {
    for c in (0..128_u8).map(char::from) {
        let text = format!("ada@be{c}ans.example");
        let expected = match c {
            '@' => Err(EmailError::NotOneAt),
            '-' | '.' => Ok(()),
            _ if c.is_ascii_alphanumeric() => Ok(()),
            _ if SIGNS.contains(c) => Err(EmailError::Host),
            _ => Err(EmailError::Character(c)),
        };
        assert_eq!(text.parse::<Email>().map(drop), expected, "{text:?}");
    }
}

/// An address with this character before the `@`, and one with it in the host.
fn on_both_sides(c: char) -> [String; 2] {
    [format!("ada{c}l@beans.example"), format!("ada@be{c}ans.example")]
}

#[rstest]
#[case::white_space(
    "\u{a0}\u{1680}\u{2000}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}"
)]
#[case::control_characters("\u{80}\u{85}\u{9f}")]
#[case::invisible_characters(
    "\u{200b}\u{200d}\u{200f}\u{202a}\u{202c}\u{202e}\u{2060}\u{2065}\u{206f}\u{feff}"
)]
fn characters_beyond_ascii_are_refused(#[case] characters: &str) {
    for c in characters.chars() {
        for text in on_both_sides(c) {
            let expected = Err(EmailError::Character(c));
            assert_eq!(text.parse::<Email>(), expected, "{text:?}");
        }
    }
}

#[test]
fn other_characters_beyond_ascii_are_accepted() {
    for c in "\u{a1}\u{ad}\u{61c}\u{180e}\u{2010}\u{2027}\u{2070}\u{3002}\u{fe0f}\u{fefe}\u{ff00}\u{ff0e}\u{ff20}".chars() {
        for text in on_both_sides(c) {
            let accepted = text.parse::<Email>();
            assert_eq!(accepted.as_ref().map(Email::as_str), Ok(&*text), "{text:?}");
        }
    }
}

#[rstest]
#[case::first_of_two_characters(
    "ada,l ovelace@beans.example",
    EmailError::Character(',')
)]
#[case::character_before_at_signs("ada lovelace", EmailError::Character(' '))]
#[case::character_before_length(&format!("{}@be ans.example", "a".repeat(65)), EmailError::Character(' '))]
#[case::character_before_local(".ada@be ans.example", EmailError::Character(' '))]
#[case::character_before_host("ada@be ans", EmailError::Character(' '))]
#[case::at_signs_before_length(&"a".repeat(255), EmailError::NotOneAt)]
#[case::at_signs_before_local(".ada", EmailError::NotOneAt)]
#[case::at_signs_before_host("ada@-@", EmailError::NotOneAt)]
#[case::length_before_local(&format!(".{}@beans.example", "a".repeat(64)), EmailError::TooLong)]
#[case::length_before_host(&format!("{}@", "a".repeat(65)), EmailError::TooLong)]
#[case::local_before_host(".@", EmailError::Local)]
#[case::first_beyond_ascii(
    "ada\u{200b}@be ans.example",
    EmailError::Character('\u{200b}')
)]
#[case::first_of_ascii(
    "ada lovelace\u{200b}@beans.example",
    EmailError::Character(' ')
)]
fn first_broken_rule_is_the_error(#[case] text: &str, #[case] error: EmailError) {
    assert_eq!(text.parse::<Email>(), Err(error), "{text:?}");
}

#[rstest]
#[case::longest_before_the_at_sign(64, 20, Ok(()))]
#[case::too_long_before_the_at_sign(65, 20, Err(EmailError::TooLong))]
#[case::longest_together(64, 189, Ok(()))]
#[case::too_long_together(64, 190, Err(EmailError::TooLong))]
#[case::longest_host(1, 252, Ok(()))]
#[case::too_long_host(1, 253, Err(EmailError::TooLong))]
fn length_is_limited(
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

/// A host with this many bytes.
fn host_of(bytes: usize) -> String {
    let mut host = "beans.".repeat(bytes / 6) + "example";
    host.drain(..host.len() - bytes);
    host.replace_range(..1, "x");
    host
}

/// Each letter with how many of it may stand before the `@`, and how many in a part of the host.
#[rstest]
#[case::one_byte('x', 64, 63)]
#[case::two_bytes('ö', 32, 31)]
#[case::three_bytes('例', 21, 21)]
#[case::one_byte_in_lower_case('\u{212a}', 64, 63)]
#[case::three_bytes_in_lower_case('Ⱥ', 21, 21)]
fn length_counts_bytes_in_lower_case(
    #[case] letter: char,
    #[case] local: usize,
    #[case] part: usize,
) {
    let parsed = |before: usize, first: usize, last: usize| {
        let of = |count| letter.to_string().repeat(count);
        let text = format!("{}@{}.{}", of(before), of(first), of(last));
        text.parse::<Email>().map(drop)
    };
    assert_eq!(parsed(local, 1, 1), Ok(()), "before the @");
    assert_eq!(parsed(local + 1, 1, 1), Err(EmailError::TooLong), "before the @");
    assert_eq!(parsed(1, part, part), Ok(()), "in the host");
    assert_eq!(parsed(1, part + 1, 1), Err(EmailError::Host), "in the host");
    assert_eq!(parsed(1, 1, part + 1), Err(EmailError::Host), "in the host");
}

#[rstest]
#[case::two_bytes('ü', 30)]
#[case::one_byte_in_lower_case('\u{212a}', 60)]
#[case::three_bytes_in_lower_case('Ⱥ', 20)]
fn total_length_counts_bytes_in_lower_case(
    #[case] letter: char,
    #[case] count: usize,
) {
    let part = letter.to_string().repeat(count);
    let parsed = |local: &str| {
        let text = format!("{local}@{part}.{part}.{part}.{part}.example");
        text.parse::<Email>().map(drop)
    };
    assert_eq!(parsed("ad"), Ok(()), "254 bytes");
    assert_eq!(parsed("ada"), Err(EmailError::TooLong), "255 bytes");
}

// ANCHOR: twins
#[test]
fn emails_differing_in_case_are_equal() {
    assert_eq!(email("Ada@Beans.Example"), email("ada@beans.example"));
    assert_eq!(email("JÖRG@beans.example"), email("jörg@beans.example"));
    let set =
        HashSet::from([email("ADA@beans.example"), email("ada@beans.example")]);
    assert_eq!(set.len(), 1, "equal addresses have equal hashes");
}
// ANCHOR_END: twins

#[test]
fn different_emails_are_unequal() {
    assert_ne!(email("ada@beans.example"), email("eve@beans.example"));
    assert_ne!(email("ada@beans.example"), email("ada@shop.example"));
    assert_ne!(email("ada@beans.example"), email("a.da@beans.example"));
    assert_ne!(email("ada@beans.example"), email("ada+coffee@beans.example"));
    assert_ne!(email("αννας@beans.example"), email("αννασ@beans.example"));
    assert_ne!(email("jörg@beans.example"), email("jo\u{308}rg@beans.example"));
}

#[derive(Debug, Deserialize, Serialize)]
struct SignUp {
    email: Email,
}

#[test]
fn json_is_cleaned_like_text() {
    for (text, clean) in [
        (" Ada@Beans.Example", "ada@beans.example"),
        ("JÖRG@beans.example\u{a0}", "jörg@beans.example"),
        ("ada@beans.example\n", "ada@beans.example"),
    ] {
        let body = json!({ "email": text });
        for sent in [
            serde_json::from_str::<SignUp>(&body.to_string()),
            serde_json::from_reader(body.to_string().as_bytes()),
            serde_json::from_value(body),
        ] {
            assert_eq!(sent.expect("an address").email, email(clean), "{text:?}");
        }
    }
}

#[test]
fn json_error_is_the_email_error() {
    let refused = serde_json::from_value::<SignUp>(json!({ "email": "@" }));
    let why = refused.expect_err("no address").to_string();
    assert_eq!(why, EmailError::Local.to_string());
}

#[test]
fn email_is_a_text_in_json() {
    let sent = SignUp { email: email(" ada@Beans.example") };
    let json = serde_json::to_value(sent).expect("JSON");
    assert_eq!(json, json!({ "email": "ada@beans.example" }));
}
