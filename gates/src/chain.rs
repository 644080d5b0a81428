//! The chain from chapter to chapter: each starts from the solved state of an earlier one.
//!
//! Snapshots repeat each other on purpose. What differs between two of them is named in the later one's `edit` and `given`;
//! everything else is the same, but for the crate's own name.

use anyhow::{Context, Result};
use regex::Regex;
use workbook::course::Files;

/// What belongs to a chapter alone, and is not handed on. Tests stand once: the next chapter names those that it keeps.
pub fn is_its_own(file: &str) -> bool {
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
