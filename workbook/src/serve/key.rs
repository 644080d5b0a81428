//! The secret of one copy of the workbook. Who has it acts as the learner does, so it is in the address that the tool prints and
//! opens, in a file that only its owner can read, and in the cookie of the browser that opened the address: nowhere else.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};

use crate::course::files;

/// 16 random bytes from the system, as 22 letters that an address and a cookie can hold.
#[derive(Clone)]
pub struct Key(String);

const LETTERS: usize = 22;

impl Key {
    pub fn fresh() -> Result<Key> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| {
            anyhow!(
                "The system gives no random bytes ({error}), and without a secret any page could act here"
            )
        })?;
        Ok(Key(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The key of the workbook at `root`. It stays the same, so that open pages go on when the tool is started again; where the file
    /// is gone, or others can read it, it is a new one.
    pub fn of(root: &Path) -> Result<Key> {
        let path = Key::path(root);
        if let Some(kept) = Key::kept(&path) {
            return Ok(kept);
        }
        let key = Key::fresh()?;
        // Where it cannot be kept it is good until the tool ends.
        let _ = files::write_private(&path, key.text().as_bytes());
        Ok(key)
    }

    pub fn path(root: &Path) -> PathBuf {
        files::private_folder(root).join("key")
    }

    fn kept(path: &Path) -> Option<Key> {
        let mut file = fs::File::open(path).ok().filter(files::is_private)?;
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        let is_ours = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (text.len() == LETTERS && text.bytes().all(is_ours)).then_some(Key(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether `given` is this key. How long that takes says nothing of the key: digests are compared, and what they share with each
    /// other nobody can choose.
    pub(super) fn is(&self, given: &str) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(given)
    }

    /// What a page that has the cookie is given, and by which it knows the tool again: see [`proof`](Self::proof).
    pub(super) fn pledge(&self) -> String {
        files::hex(&Sha256::digest(format!("pledge {}", self.0)))
    }

    /// What only the tool can say to a word that a page has just made up. While the tool is not running, somebody else may listen at its
    /// port, and would be sent the cookie.
    pub(super) fn proof(&self, word: &str) -> String {
        STANDARD.encode(Sha256::digest(format!("{} {word}", self.pledge())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_another_and_only_itself() {
        let (one, other) = (Key::fresh().unwrap(), Key::fresh().unwrap());
        assert_eq!(one.text().len(), LETTERS);
        assert!(one.is(one.text()));
        for wrong in [other.text(), "", &one.text()[..21], &format!("{}a", one.text())] {
            assert!(!one.is(wrong), "{wrong}");
        }
        assert!(!one.pledge().contains(one.text()));
    }

    #[test]
    fn the_key_of_a_workbook_stays_the_same_while_only_its_owner_can_read_it() {
        let root = tempfile::tempdir().unwrap();
        let key = Key::of(root.path()).unwrap();
        assert!(key.is(Key::of(root.path()).unwrap().text()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(Key::path(root.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            fs::set_permissions(Key::path(root.path()), fs::Permissions::from_mode(0o644)).unwrap();
            let next = Key::of(root.path()).unwrap();
            assert!(!key.is(next.text()), "others may have read it");
            let mode = fs::metadata(Key::path(root.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(Key::path(root.path()), "short; Domain=example.org").unwrap();
        assert_eq!(Key::of(root.path()).unwrap().text().len(), LETTERS);
    }
}
