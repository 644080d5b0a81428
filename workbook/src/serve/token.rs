//! The secret of one start of the tool. A page of ours reads it from `/api/session`, which answers nobody else, and shows it with
//! everything that acts: a request that a page from elsewhere made the browser send does not have it.

use anyhow::{Result, anyhow};
use sha2::{Digest, Sha256};

use crate::course::files::hex;

/// 32 random bytes from the system, in 64 hexadecimal digits. It is in no address and no file.
pub(super) fn fresh() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        anyhow!("The system gives no random bytes ({error}), and without a secret any page could act here")
    })?;
    Ok(hex(&bytes))
}

/// Whether `given` is our token. How long that takes says nothing of the token: digests are compared, and what they share
/// with each other nobody can choose.
pub(super) fn is_same(ours: &str, given: &[u8]) -> bool {
    Sha256::digest(ours) == Sha256::digest(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_another_and_only_itself() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_eq!(one.len(), 64);
        assert!(is_same(&one, one.as_bytes()));
        for wrong in [&other, "", &one[..63], &one.to_uppercase().replace('1', "2")] {
            assert!(!is_same(&one, wrong.as_bytes()), "{wrong}");
        }
    }
}
