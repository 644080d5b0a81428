//! E-mail addresses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most bytes that an address has (RFC 5321, 4.5.3.1.3: 256, with `<` and `>` around it).
pub const MAX_BYTES: usize = 254;
/// The most bytes before the `@` (RFC 5321, 4.5.3.1.1).
pub const MAX_LOCAL_BYTES: usize = 64;

/// An address that mail can be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

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

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        if text.contains('@') {
            Ok(Self(text.to_owned()))
        } else {
            Err(EmailError::NotOneAt)
        }
    }
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
