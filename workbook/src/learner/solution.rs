//! The reference solution as a diff against the learner's files.

use std::fmt::Write;

use anyhow::Result;
use serde::Serialize;
use similar::TextDiff;

use crate::course::{Chapter, files};

/// The difference for one file, as a unified diff; `-` is the learner's, `+` the reference.
#[derive(Debug, PartialEq, Serialize)]
pub struct FileDiff {
    pub file: String,
    /// Empty when both are equal.
    pub text: String,
}

/// The files the learner changes, one by one.
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
            let [mine, reference] =
                [mine, reference].map(|bytes| without_anchors(&String::from_utf8_lossy(&bytes)));
            let mut text = String::new();
            if mine != reference {
                let diff = TextDiff::from_lines(&mine, &reference);
                let header = (format!("yours: {file}"), format!("reference: {file}"));
                write!(text, "{}", diff.unified_diff().context_radius(3).header(&header.0, &header.1))?;
            }
            Ok(FileDiff { file: file.clone(), text })
        })
        .collect()
}

/// The comments that mark what the book shows are not the learner's to write.
fn without_anchors(text: &str) -> String {
    let is_anchor = |line: &str| {
        let comment = line.trim_start();
        let text = comment.strip_prefix("//").or_else(|| comment.strip_prefix("--")).unwrap_or_default();
        ["ANCHOR:", "ANCHOR_END:"].iter().any(|mark| text.trim_start().starts_with(mark))
    };
    text.split_inclusive('\n').filter(|line| !is_anchor(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_the_book_are_no_difference() {
        let text = "use a;\n\n// ANCHOR: app\nfn a() {\n    // ANCHOR_END: app\n    // An ANCHOR: x\n}\n-- ANCHOR: sql\n";
        assert_eq!(without_anchors(text), "use a;\n\nfn a() {\n    // An ANCHOR: x\n}\n");
    }
}
