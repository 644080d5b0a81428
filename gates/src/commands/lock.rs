//! `lock`.

use anstream::println;
use workbook::{
    commands::Verdict,
    course::{Course, Originals},
};

use crate::check;

pub fn lock(course: &Course) -> Verdict {
    let before = Originals::load(&course.root);
    Originals::of(course)?.save()?;
    let changed = match before {
        Ok(before) => check::changed_since_lock(course, &before)?,
        Err(_) => vec!["all of them, for the first time".into()],
    };
    println!("exercises.lock is written. It now says otherwise of {} files:", changed.len());
    changed.iter().for_each(|file| println!("  {file}"));
    println!("Next: cargo gates check");
    Ok(true)
}
