//! E-mail addresses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most bytes that an address has (RFC 5321, 4.5.3.1.3: 256, with `<` and `>` around it).
pub const MAX_BYTES: usize = 254;
/// The most bytes before the `@` (RFC 5321, 4.5.3.1.1).
pub const MAX_LOCAL_BYTES: usize = 64;
/// The most bytes between two dots of the host (RFC 1035, 2.3.4).
pub const MAX_LABEL_BYTES: usize = 63;

// ANCHOR: email
/// An address that mail can be sent to, in lower case and without white space around it. Two that differ in
/// nothing else are equal.
///
/// It says nothing about whether somebody reads that mail.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);
// ANCHOR_END: email

// ANCHOR: error
/// Why a text is no address. Each reads on after "the e-mail address".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailError {
    #[error("is empty")]
    Empty,
    #[error(
        "has more than {MAX_BYTES} bytes, or more than {MAX_LOCAL_BYTES} before the @"
    )]
    TooLong,
    #[error("has not exactly one @")]
    NotOneAt,
    #[error("has {0:?} in it")]
    Character(char),
    #[error(
        "has no name before the @, or one with a dot at its start, its end or beside another"
    )]
    Local,
    #[error("has no host after the @ such as beans.example")]
    Host,
}
// ANCHOR_END: error

// ANCHOR: parse
impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if let Some(character) = text.chars().find(|&c| !is_allowed(c)) {
            return Err(EmailError::Character(character));
        }
        let (local, host) = text.split_once('@').ok_or(EmailError::NotOneAt)?;
        if host.contains('@') {
            return Err(EmailError::NotOneAt);
        }
        if text.len() > MAX_BYTES || local.len() > MAX_LOCAL_BYTES {
            return Err(EmailError::TooLong);
        }
        if local.split('.').any(str::is_empty) {
            return Err(EmailError::Local);
        }
        if !host.contains('.') || !host.split('.').all(is_label) {
            return Err(EmailError::Host);
        }
        Ok(Self(text))
    }
}
// ANCHOR_END: parse

/// What needs no quotes in ASCII (RFC 5322, 3.2.3), and every other script (RFC 6531), as long as one can see it.
fn is_allowed(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(c);
    }
    !c.is_whitespace() && !c.is_control() && !is_invisible(c)
}

/// Characters without a shape of their own: joiners, and marks for the direction of writing. With one of them in it, an address
/// looks like another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// One part of a host, between two dots.
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= MAX_LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-')
}

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// ANCHOR: conversions
impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}
// ANCHOR_END: conversions
