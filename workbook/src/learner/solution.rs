//! The reference solution as a diff against the learner's files.

use std::path::Path;

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
    let read = |dir: &Path, file: &str| {
        let path = dir.join(file);
        let bytes = if path.is_file() { files::read(&path)? } else { Vec::new() };
        Ok::<_, anyhow::Error>(without_anchors(&String::from_utf8_lossy(&bytes)))
    };
    let diff = |file: &String| {
        let (mine, reference) = (read(&chapter.dir, file)?, read(&chapter.solution_dir, file)?);
        let diff = TextDiff::from_lines(&mine, &reference);
        let (yours, theirs) = (format!("yours: {file}"), format!("reference: {file}"));
        let text = diff.unified_diff().context_radius(3).header(&yours, &theirs).to_string();
        Ok(FileDiff { file: file.clone(), text })
    };
    chapter.about.edit.iter().map(diff).collect()
}

/// The comments that mark what the book shows are not the learner's to write, nor are the ends of lines, which some editors
/// and systems write as CR LF.
fn without_anchors(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
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
    fn the_ends_of_lines_are_no_difference() {
        assert_eq!(without_anchors("use a;\r\n\r\n// ANCHOR: b\r\nfn b() {}\r\n"), "use a;\n\nfn b() {}\n");
    }

    #[test]
    fn the_marks_of_the_book_are_no_difference() {
        let text = "use a;\n\n// ANCHOR: app\nfn a() {\n    // ANCHOR_END: app\n    // An ANCHOR: x\n}\n-- ANCHOR: sql\n";
        assert_eq!(without_anchors(text), "use a;\n\nfn a() {\n    // An ANCHOR: x\n}\n");
    }
}
