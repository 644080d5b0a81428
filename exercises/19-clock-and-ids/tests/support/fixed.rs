//! Clocks and ids that a test can write down beforehand.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use crate::desk::application::ports::{Clock, Ids};
use time::{Duration, OffsetDateTime, macros::datetime};
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

// ANCHOR: running
/// Noon on the day after that of [`StoppedClock`]. Each look at this clock takes a minute.
#[derive(Debug, Default)]
pub struct RunningClock {
    looks: AtomicI64,
}

impl Clock for RunningClock {
    fn now(&self) -> OffsetDateTime {
        let before = self.looks.fetch_add(1, Ordering::Relaxed);
        datetime!(2026-11-25 12:00 UTC) + Duration::minutes(before)
    }
}
// ANCHOR_END: running
