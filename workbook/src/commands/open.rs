//! `open`: the file to change, in the learner's editor.

use anstream::println;

use super::Verdict;
use crate::{course::Course, learner::actions};

pub fn open(course: &Course, id: Option<&str>) -> Verdict {
    println!("{}", actions::open(course, actions::chosen(course, id)?)?);
    Ok(true)
}
