//! The time of this machine, and ids that nobody has had before.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::application::ports::{Clock, Ids};

// ANCHOR: clock
/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
// ANCHOR_END: clock

// ANCHOR: ids
/// Random ids that begin with the time at which they were made (UUID version 7). So
/// of those that this process gives, a later one is greater.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
// ANCHOR_END: ids
