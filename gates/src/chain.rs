//! The chain from chapter to chapter: each starts from the solved state of an earlier one.
//!
//! Snapshots repeat each other on purpose. What differs between two of them is named in the later one's `edit` and
//! `given`; everything else is the same, but for the crate's own name. An entry of `given` that ends in `/` names a whole
//! folder: what is new in it, or gone from it. A file that was changed is named by itself, in a folder as well.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use regex::Regex;
use workbook::course::{
    Chapter, Course,
    files::{self, Files},
};

/// What belongs to a chapter alone, and is not handed on. Tests stand once: the next chapter names those that it keeps.
fn is_its_own(file: &str) -> bool {
    const FOLDERS: [&str; 4] = ["tests/", "wrong-answers/", "right-answers/", "examples/"];
    file == "Cargo.toml" || file == "hints.md" || FOLDERS.iter().any(|folder| file.starts_with(folder))
}

/// What is compared, of a starter and of the solution that it comes from: everything but what belongs to a chapter alone.
pub fn handed_on(files: &Files) -> Files {
    let handed_on = files.iter().filter(|(file, _)| !is_its_own(file));
    handed_on.map(|(file, bytes)| (file.clone(), bytes.clone())).collect()
}

/// The files with the name of the crate `from` turned into `to` where it is named from outside: in `main.rs`. Its `use`
/// goes where rustfmt wants the new name.
///
/// # Errors
/// Never for the ids of chapters.
pub fn renamed(files: &Files, from: &str, to: &str) -> Result<Files> {
    let name = Regex::new(&format!(r"(^|[^\w:]){}(::|;)", regex::escape(&from.replace('-', "_"))))
        .context("the id of a chapter")?;
    let to = to.replace('-', "_");
    let replacement = format!("${{1}}{to}${{2}}");
    let rename = |(file, bytes): (&String, &Vec<u8>)| {
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) if file == "src/main.rs" => {
                let lines = text.split_inclusive('\n').map(|line| name.replace_all(line, &replacement));
                with_its_use_in_order(&lines.collect::<String>(), &to).into_bytes()
            }
            _ => bytes.clone(),
        };
        (file.clone(), bytes)
    };
    Ok(files.iter().map(rename).collect())
}

/// The text with each `use` of this crate where rustfmt puts it: among the `use` lines around it, by name.
fn with_its_use_in_order(text: &str, krate: &str) -> String {
    let mut sorted = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with("use ") {
            sorted.push_str(line);
            continue;
        }
        let mut items = vec![item(line, &mut lines)];
        while let Some(line) = lines.next_if(|line| line.starts_with("use ")) {
            items.push(item(line, &mut lines));
        }
        let (own, mut others): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| first_segment(item) == krate);
        let at = others.iter().position(|other| !is_a_keyword(other) && first_segment(other) > krate);
        let at = at.unwrap_or(others.len());
        others.splice(at..at, own);
        sorted.extend(others);
    }
    sorted
}

/// All lines of the `use` that begins with this one.
fn item<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut item = first.to_owned();
    while !item.trim_end().ends_with(';') {
        let Some(line) = lines.next() else { break };
        item.push_str(line);
    }
    item
}

/// `sqlx` of `use sqlx::{AssertSqlSafe, Connection};`.
fn first_segment(item: &str) -> &str {
    let path = item.trim_start_matches("use ");
    path.split([':', ';', ' ']).next().unwrap_or_default()
}

/// Whether it names no other crate. Those come first.
fn is_a_keyword(item: &str) -> bool {
    ["crate", "self", "super"].contains(&first_segment(item))
}

/// A file that is not as the chain says.
#[derive(Debug, PartialEq, Eq)]
pub struct Break {
    /// Relative to the chapter's folder.
    pub file: String,
    pub what: Kind,
}

/// How it differs.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// The starter's file is not the one that the solved chapter before has.
    Changed { before: String },
    /// The starter has it, and no chapter before does.
    Added,
    /// The solved chapter before has it, and the starter does not.
    Missing { before: String },
    /// The manifest names it, and neither this chapter nor one before has it.
    Unknown,
    /// The solution's file is not the starter's, and the learner is not to change it.
    Solution,
}

/// What a chapter's manifest names.
struct Named<'a> {
    files: BTreeSet<&'a String>,
    /// Each with the `/` at its end.
    folders: BTreeSet<&'a String>,
}

impl<'a> Named<'a> {
    fn new(edit: &'a [String], given: &'a [String]) -> Self {
        let (folders, files): (BTreeSet<_>, BTreeSet<_>) = given.iter().partition(|name| name.ends_with('/'));
        Self { files: files.into_iter().chain(edit).collect(), folders }
    }

    /// Whether the manifest says that this file is not as it was.
    fn covers(&self, file: &String, what: &Kind) -> bool {
        let in_a_folder = || self.folders.iter().any(|folder| file.starts_with(*folder));
        self.files.contains(file) || (matches!(what, Kind::Added | Kind::Missing { .. }) && in_a_folder())
    }
}

/// All breaks between a chapter and those that it comes from, and between its starter and its solution.
///
/// # Errors
/// When a file cannot be read.
pub fn breaks(course: &Course, chapter: &Chapter) -> Result<Vec<Break>> {
    let starter = handed_on(&files::read_all(&chapter.dir)?);
    let solution = files::read_all(&chapter.solution_dir)?;
    let named = Named::new(&chapter.about.edit, &chapter.about.given);
    let mut breaks = Vec::new();

    let mut before = Files::new();
    let mut owner = Vec::new();
    for id in &chapter.about.from {
        let from = course.chapter(id)?;
        for (file, bytes) in
            renamed(&handed_on(&files::read_all(&from.solution_dir)?), &from.id, &chapter.id)?
        {
            owner.push((file.clone(), from.id.clone()));
            before.insert(file, bytes);
        }
    }
    let owner = |file: &String| {
        let found = owner.iter().rev().find(|(owned, _)| owned == file);
        found.map(|(_, id)| id.clone()).unwrap_or_default()
    };
    if !chapter.about.from.is_empty() {
        let all: BTreeSet<&String> = starter.keys().chain(before.keys()).collect();
        for file in all {
            let what = match (before.get(file), starter.get(file)) {
                (Some(before), Some(now)) if before == now => continue,
                (Some(_), Some(_)) => Kind::Changed { before: owner(file) },
                (Some(_), None) => Kind::Missing { before: owner(file) },
                (None, _) => Kind::Added,
            };
            if !named.covers(file, &what) {
                breaks.push(Break { file: file.clone(), what });
            }
        }
    }

    let everywhere = || [&starter, &solution, &before].into_iter().flat_map(Files::keys);
    let unknown_file = |name: &&&String| !is_its_own(name) && !everywhere().any(|file| file == **name);
    let unknown_folder = |name: &&&String| !everywhere().any(|file| file.starts_with(**name));
    let files = named.files.iter().filter(unknown_file);
    for name in files.chain(named.folders.iter().filter(unknown_folder)) {
        breaks.push(Break { file: (*name).clone(), what: Kind::Unknown });
    }

    let solution = handed_on(&solution);
    for (file, bytes) in &starter {
        if !chapter.about.edit.contains(file) && solution.get(file) != Some(bytes) {
            breaks.push(Break { file: file.clone(), what: Kind::Solution });
        }
    }
    for file in solution
        .keys()
        .filter(|file| !starter.contains_key(*file))
        .filter(|file| !chapter.about.edit.contains(file))
    {
        breaks.push(Break { file: file.clone(), what: Kind::Solution });
    }
    Ok(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Files {
        all.iter().map(|(file, text)| (file.to_string(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_crate_is_renamed_where_it_is_named_from_outside() {
        let before = files(&[
            ("src/lib.rs", "use email::Email; mod email;"),
            (
                "src/main.rs",
                "use email::{Email, email::x};\nlet x = money::email::of();\nuse email;\nlet email = 1;",
            ),
        ]);
        let after = files(&[
            ("src/lib.rs", "use email::Email; mod email;"),
            (
                "src/main.rs",
                "use order_states::{Email, order_states::x};\nlet x = money::email::of();\nuse order_states;\nlet email = 1;",
            ),
        ]);
        assert_eq!(renamed(&before, "email", "order-states").unwrap(), after);
    }

    #[test]
    fn a_crate_with_another_name_is_used_where_rustfmt_wants_it() {
        let before = files(&[(
            "src/main.rs",
            "//! The service.\n\nuse axum::Router;\nuse dtos::{\n    app,\n    users,\n};\nuse serde::Serialize;\n\nuse crate::dtos;\n\nmod users;\n",
        )]);
        let at = |to: &str| {
            let after = renamed(&before, "dtos", to).unwrap();
            String::from_utf8(after["src/main.rs"].clone()).unwrap()
        };
        let rest = "\nuse crate::dtos;\n\nmod users;\n";
        let own = |name: &str| format!("use {name}::{{\n    app,\n    users,\n}};\n");
        assert_eq!(
            at("actors"),
            format!("//! The service.\n\n{}use axum::Router;\nuse serde::Serialize;\n{rest}", own("actors"))
        );
        assert_eq!(
            at("unit-of-work"),
            format!(
                "//! The service.\n\nuse axum::Router;\nuse serde::Serialize;\n{}{rest}",
                own("unit_of_work")
            )
        );
    }

    #[test]
    fn a_folder_stands_for_what_is_new_in_it_or_gone_from_it_and_for_no_change() {
        let names = |all: &[&str]| all.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let (edit, given) = (names(&["src/lib.rs"]), names(&["src/domain/", "src/main.rs"]));
        let named = Named::new(&edit, &given);
        let gone = || Kind::Missing { before: "money".to_owned() };
        let changed = || Kind::Changed { before: "money".to_owned() };

        let covers = |file: &str, what: Kind| named.covers(&file.to_owned(), &what);
        assert!(covers("src/domain/emails.rs", gone()) && covers("src/domain/given/ada.rs", Kind::Added));
        assert!(covers("src/lib.rs", changed()) && covers("src/main.rs", changed()));
        assert!(!covers("src/domain/emails.rs", changed()), "a change is named by itself");
        assert!(!covers("src/domain.rs", gone()), "it is beside the folder");
    }

    #[test]
    fn tests_hints_and_answers_are_not_handed_on() {
        let solution = files(&[
            ("Cargo.toml", ""),
            ("src/lib.rs", "done"),
            ("examples/x.rs", ""),
            ("hints.md", ""),
            ("tests/chapter/main.rs", ""),
            ("wrong-answers/w.diff", ""),
            ("right-answers/r.diff", ""),
        ]);
        assert_eq!(handed_on(&solution), files(&[("src/lib.rs", "done")]));
    }
}
