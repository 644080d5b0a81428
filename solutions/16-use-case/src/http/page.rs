//! Pages: a long list in parts, each with the link to the next one.

use serde::{Deserialize, Serialize};

// ANCHOR: limit
/// How many items a page has at most: 1 to 100.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u16")]
pub struct Limit(u16);

impl Limit {
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<u16> for Limit {
    type Error = &'static str;

    fn try_from(limit: u16) -> Result<Self, Self::Error> {
        match limit {
            1..=100 => Ok(Self(limit)),
            _ => Err("a page has 1 to 100 items"),
        }
    }
}
// ANCHOR_END: limit

/// One page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The link to the next page. `null` on the last one.
    pub next: Option<String>,
}

// ANCHOR: page
impl<T> Page<T> {
    /// The page that begins with these rows. One row more than `limit` means that another page follows, and `link` makes
    /// the link to it from the last item of this one.
    pub fn new(
        mut rows: Vec<T>,
        limit: Limit,
        link: impl FnOnce(&T) -> String,
    ) -> Self {
        let limit = usize::from(limit.get());
        let another_follows = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| another_follows).map(link);
        Self { items: rows, next }
    }
}
// ANCHOR_END: page
