//! The reference solution as a diff against the learner's files.

use std::fmt::Write;

use anyhow::Result;
use serde::Serialize;
use similar::TextDiff;

use crate::{course::Chapter, files};

/// The difference for one file, as a unified diff; `-` is the learner's, `+` the reference.
#[derive(Debug, PartialEq, Serialize)]
pub struct FileDiff {
    pub file: String,
    /// Empty when both are equal.
    pub text: String,
}

/// The files the learner changes, one by one.
///
/// # Errors
/// When a file cannot be read.
pub fn diff(chapter: &Chapter) -> Result<Vec<FileDiff>> {
    let read = |dir: &std::path::Path, file: &str| {
        let path = dir.join(file);
        if path.is_file() { files::read(&path) } else { Ok(Vec::new()) }
    };
    chapter
        .about
        .edit
        .iter()
        .map(|file| {
            let mine = read(&chapter.dir, file)?;
            let reference = read(&chapter.solution_dir, file)?;
            let (mine, reference) = (String::from_utf8_lossy(&mine), String::from_utf8_lossy(&reference));
            let mut text = String::new();
            if mine != reference {
                let diff = TextDiff::from_lines(mine.as_ref(), reference.as_ref());
                let header = (format!("yours: {file}"), format!("reference: {file}"));
                write!(text, "{}", diff.unified_diff().context_radius(3).header(&header.0, &header.1))?;
            }
            Ok(FileDiff { file: file.clone(), text })
        })
        .collect()
}
