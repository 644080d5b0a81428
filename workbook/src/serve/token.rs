//! The secret of one start of the tool. A page of ours reads it from `/api/session`, which answers nobody else, and shows it with
//! everything that acts: a request that a page from elsewhere made the browser send does not have it.

use anyhow::{Result, anyhow};
use sha2::{Digest, Sha256};

use crate::course::files::hex;

/// Another at each start, in 64 hexadecimal digits. It is in no address and no file.
pub(super) struct Token(String);

impl Token {
    /// 32 random bytes, from the system.
    pub(super) fn fresh() -> Result<Self> {
        let mut bytes = [0; 32];
        let none = |error| {
            anyhow!(
                "The system gives no random bytes ({error}), and without a secret any page could act here"
            )
        };
        getrandom::fill(&mut bytes).map_err(none)?;
        Ok(Self(hex(&bytes)))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether `given` is this token. How long that takes says nothing of the token: digests are compared, and what they share
    /// with each other nobody can choose.
    pub(super) fn is(&self, given: &[u8]) -> bool {
        let (ours, given) = (Sha256::digest(&self.0), Sha256::digest(given));
        ours.iter().zip(&given).fold(0, |different, (one, other)| different | (one ^ other)) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_another_and_only_itself() {
        let (one, other) = (Token::fresh().unwrap(), Token::fresh().unwrap());
        assert_eq!(one.text().len(), 64);
        assert!(one.is(one.text().as_bytes()));
        for wrong in [other.text(), "", &one.text()[..63], &one.text().to_uppercase().replace('1', "2")] {
            assert!(!one.is(wrong.as_bytes()), "{wrong}");
        }
    }
}
