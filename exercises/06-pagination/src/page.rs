//! Pages: a long list in parts, each with the link to the next one.

use serde::{Deserialize, Serialize};

/// The query of a list.
#[derive(Debug, Deserialize)]
pub struct PageQuery {
    /// How many items the page has at most.
    #[serde(default = "twenty")]
    pub limit: u32,
    /// How many items the pages before had.
    #[serde(default)]
    pub after: u32,
}

fn twenty() -> u32 {
    20
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The link to the next page. `null` on the last one.
    pub next: Option<String>,
}
