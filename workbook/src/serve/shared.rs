//! What the server's handlers share.

use std::{path::PathBuf, sync::Arc};

use serde::Serialize;
use tokio::sync::{Semaphore, watch};

use super::{calls::Call, key::Key};

/// More than anybody opens, and far from what a system lets one program open: the pages themselves still get through.
pub(super) const MOST_STREAMS: usize = 100;

/// What the pages are told. Every open page waits for it to change and then looks at the newest: a page that is slow, or away,
/// misses intermediate states and nothing else, and holds nobody up.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub folder: Arc<PathBuf>,
    /// Counts builds, at each start of the tool from the time of it on; an open page that knows another one reloads.
    pub build: u128,
    /// JSON; see [`json`].
    pub status: Arc<str>,
    /// The run that is going on, or the last one; none before the first.
    pub run: Option<Arc<str>>,
    pub stopping: bool,
}

#[derive(Clone)]
pub(super) struct Shared {
    pub live: watch::Sender<Published>,
    /// One permit for each page that may wait for events.
    pub streams: Arc<Semaphore>,
    pub key: Key,
    pub port: u16,
    /// Takes what pages ask for, and does not block.
    pub calls: Arc<dyn Fn(Call) + Send + Sync>,
}

/// Compact JSON in which no character is markup: a page that put it into its own text by mistake would show it.
pub(super) fn json(value: &impl Serialize) -> Arc<str> {
    // What is told to pages has only keys that are text, so this cannot fail.
    let text = serde_json::to_string(value).unwrap_or_default();
    // Outside of strings, JSON has none of these.
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026").into()
}
