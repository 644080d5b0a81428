//! `update`: a newer version of the workbook, and `undo` of one.

use std::{fmt::Write, path::Path};

use anstream::{eprintln, print, println};
use anyhow::Result;

use super::Verdict;
use crate::{
    course::{parts, versions},
    learner::{
        Lock, actions,
        source::Source,
        update::{self, NEWER, Updated},
    },
    terminal::style::{bold, note},
};

pub fn update(root: &Path, from: Option<&str>) -> Verdict {
    eprintln!("Getting the newer version …");
    let source = Source::open(root, from)?;
    // From here on it is a matter of a moment, and half-way Cargo may be unable to build the tool.
    let _ = ctrlc::set_handler(|| {});
    let updated = update::update(&Lock::take(root)?, &source)?;
    match updated {
        Some(updated) => print!("{}", text(&updated)),
        None => println!("This is that version already: {}.", versions::name(root)),
    }
    Ok(true)
}

pub fn undo(root: &Path) -> Result<bool> {
    println!("{}", actions::take_update_back(root)?);
    Ok(true)
}

fn text(updated: &Updated) -> String {
    let Updated { before, after, replaced, added, deleted, .. } = updated;
    let mut text = format!(
        "{}: {replaced} files replaced, {added} new, {deleted} deleted.\nBefore: {before}\nNow:    {after}\n",
        bold("The workbook is updated")
    );
    if !updated.new_chapters.is_empty() {
        let _ = writeln!(text, "\nNew chapters: {}", updated.new_chapters.join(", "));
    }
    for (before, now) in &updated.moved {
        let _ = writeln!(text, "exercises/{before} is exercises/{now} now, with your files.");
    }
    for folder in &updated.left {
        let _ = writeln!(text, "A chapter is gone. Your files of it are in {folder}");
    }
    for (folder, new) in &updated.met {
        let id = parts(folder).1;
        let _ = writeln!(
            text,
            "\n{}: you have begun this chapter, and its start is another one now.",
            bold(folder)
        );
        let _ = writeln!(text, "  Of the files that you had not changed, {new} are new or other ones now.");
        let prefix = format!("exercises/{folder}/");
        let both: Vec<_> = updated.both.iter().filter(|path| path.starts_with(&prefix)).collect();
        for path in &both {
            text += &two(path);
        }
        if !both.is_empty() {
            let _ = writeln!(
                text,
                "  Take over by hand what you want of the new ones. To begin anew from the new start, which keeps yours\n  \
                 for an undo: cargo workbook reset {id}"
            );
        }
    }
    let is_shown =
        |path: &&String| updated.met.keys().any(|folder| path.starts_with(&format!("exercises/{folder}/")));
    let others: Vec<_> = updated.both.iter().filter(|path| !is_shown(path)).collect();
    if !others.is_empty() {
        let _ =
            writeln!(text, "\n{}", note("You changed these, and the workbook changed them too: yours stay."));
        others.iter().for_each(|path| text += &two(path));
    }
    if !updated.yours_alone.is_empty() {
        let _ = writeln!(text, "\nNo longer part of the workbook, kept because you changed them:");
        text += &updated.yours_alone.iter().map(|path| format!("  {path}\n")).collect::<String>();
    }
    text + "\nStop `cargo workbook` where it still runs, and start it again. Git, if you use it, sees the update as changes of yours:\n\
            commit them. To go back: cargo workbook undo update\n"
}

/// Where a file is that both changed.
fn two(path: &str) -> String {
    format!("  yours:     {path}\n  the newer: {NEWER}/{path}\n")
}
