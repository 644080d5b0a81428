//! A clock that has stopped, and ids that are counted: what a test can write down beforehand.

use std::sync::atomic::{AtomicU64, Ordering};

use clock_and_ids::application::ports::{Clock, Ids};
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

// ANCHOR: fixed
/// It is always half past nine in the morning.
#[derive(Debug)]
pub struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> OffsetDateTime {
        datetime!(2026-11-24 09:30:00.123456 UTC)
    }
}

/// Ids from 1 on.
#[derive(Debug, Default)]
pub struct Counted {
    given: AtomicU64,
}

impl Ids for Counted {
    fn next(&self) -> Uuid {
        let before = self.given.fetch_add(1, Ordering::Relaxed);
        Uuid::from_u128(u128::from(before) + 1)
    }
}
// ANCHOR_END: fixed
