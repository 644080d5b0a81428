//! `carry`: a change in one chapter, through all that come from it.

use anstream::println;
use workbook::{commands::Verdict, course::Course, terminal::style};

use crate::carry;

/// Merges the change of a chapter since `base` into every later snapshot, or says where it cannot.
/// A conflict is a verdict: nothing is written then.
pub fn carry(course: &Course, id: &str, base: &str) -> Verdict {
    let chapter = course.chapter(id)?;
    let plan = carry::plan(course, chapter, base)?;
    if !plan.conflicts.is_empty() {
        for file in &plan.conflicts {
            println!("  {} {file}", style::bad("conflict"));
        }
        println!(
            "Nothing was written. Make the change in the first of these files by hand, in its own words, and carry again; \
             what is the same on both sides does not conflict."
        );
        return Ok(false);
    }
    plan.write(&course.root)?;
    for (file, bytes) in &plan.writes {
        println!("  {} {file}", style::good(if bytes.is_some() { "written" } else { "removed" }));
    }
    println!(
        "{} files. Next: cargo gates lock, cargo gates check, and read the difference (git diff).",
        plan.writes.len()
    );
    Ok(true)
}
