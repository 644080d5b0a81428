//! `verify`.
use crate::{
    cli::{Format, Verdict},
    course::Course,
};
pub fn verify(_: &Course, _: Format) -> Verdict {
    Ok(true)
}
