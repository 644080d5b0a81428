//! `check`.
use crate::{
    cli::{Format, Verdict},
    course::Course,
};
pub fn check(_: &Course, _: Option<&str>, _: Format, _: bool) -> Verdict {
    Ok(true)
}
