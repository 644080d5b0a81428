// Caught by: postgres::service::the_clock_tells_whole_microseconds, postgres::service::what_was_answered_is_what_is_kept
// Replaces: src/adapters/system.rs
//! The time of this machine, and ids that nobody has had before.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::application::ports::{Clock, Ids};

// ANCHOR: clock
/// The clock of this machine, read to the microsecond: finer than that, PostgreSQL keeps no time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
// ANCHOR_END: clock

// ANCHOR: ids
/// Random ids that begin with the time they were made at (UUID version 7), so a later one is greater.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
// ANCHOR_END: ids
