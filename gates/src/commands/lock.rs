//! `lock`.

use anstream::println;
use workbook::{commands::Verdict, course::Course};

use crate::check;

pub fn lock(course: &Course) -> Verdict {
    let changed = check::write_lock(course)?;
    println!("exercises.lock is written. It now says otherwise of {} files:", changed.len());
    changed.iter().for_each(|file| println!("  {file}"));
    println!("Next: cargo gates check");
    Ok(true)
}
