//! Gate 4, the code: outside `edit` and `given`, a starter is the solved chapter before, and its own solution.
//!
//! Snapshots repeat each other on purpose. What differs between two of them is named in the later one's `edit` and `given`;
//! everything else is the same, but for the crate's own name.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use anyhow::{Context, Result};
use regex::{Captures, Regex};
use workbook::course::{Chapter, Course, Files, files};

use super::{Failure, regex};

pub fn check(course: &Course, chapter: &Chapter, exercise: &Files, solved: &Files) -> Result<Vec<Failure>> {
    let folder = &chapter.folder;
    let (edit, given) = (&chapter.about.edit, &chapter.about.given);
    let (mut before, mut owners) = (Files::new(), BTreeMap::new());
    for id in &chapter.about.from {
        let Some(from) = course.chapters.iter().find(|other| &other.id == id) else {
            return Ok(vec![Failure::new(
                format!("it comes from {id:?}, and there is no such chapter"),
                format!("name existing chapters in `from` of exercises/{folder}/Cargo.toml"),
            )]);
        };
        let handed_on = handed_on(&files::read_all(&from.solution_dir)?);
        for (file, bytes) in renamed(&handed_on, id, &chapter.id)? {
            owners.insert(file.clone(), id);
            before.insert(file, bytes);
        }
    }
    let (starter, solution) = (handed_on(exercise), handed_on(solved));
    let mut failures = Vec::new();

    let first = chapter.about.from.is_empty();
    let all: BTreeSet<&String> = starter.keys().chain(before.keys()).filter(|_| !first).collect();
    for file in all {
        let owner = owners.get(file).map_or("", |id| id.as_str());
        let (was, now) = (before.get(file), starter.get(file));
        if was == now || edit.contains(file) || is_given(given, file, was.is_some() && now.is_some()) {
            continue;
        }
        failures.push(match (was, now) {
            (Some(_), Some(_)) => Failure::new(
                format!("exercises/{folder}/{file} differs from the solved {owner}, and is neither in `edit` nor in `given`"),
                format!("carry the change (cargo gates carry {owner}), take it back, or name the file in `given`"),
            ),
            (Some(_), None) => Failure::new(
                format!("{file} of the solved {owner} is gone from exercises/{folder}"),
                "put it back, or name it in `given` and say on the page why it is gone",
            ),
            (None, _) => Failure::new(
                format!("exercises/{folder}/{file} is new, and is neither in `edit` nor in `given`"),
                "name it in `given`, or in `edit` if the learner is to change it",
            ),
        });
    }

    let everywhere = || [&starter, solved, &before].into_iter().flat_map(Files::keys);
    let is_known = |name: &str| match name.ends_with('/') {
        true => everywhere().any(|file| file.starts_with(name)),
        false => is_its_own(name) || everywhere().any(|file| file == name),
    };
    let named: BTreeSet<&String> = edit.iter().chain(given).collect();
    failures.extend(named.into_iter().filter(|name| !is_known(name)).map(|name| Failure::new(
        format!("`edit` or `given` names {name}, which neither this chapter nor one before has"),
        format!("mend the name in exercises/{folder}/Cargo.toml (paths count from exercises/{folder}), or write the file"),
    )));

    let both: BTreeSet<&String> = starter.keys().chain(solution.keys()).collect();
    let differs = |file: &&String| !edit.contains(file) && starter.get(*file) != solution.get(*file);
    failures.extend(both.into_iter().filter(differs).map(|file| {
        Failure::new(
            format!("solutions/{folder}/{file} and the starter differ, and the file is not in `edit`"),
            "make both the same, or name the file in `edit`",
        )
    }));
    Ok(failures)
}

/// Whether `given` says that this file is not as it was. A folder in it stands for what is new there or gone from there.
fn is_given(given: &[String], file: &str, is_change: bool) -> bool {
    given.iter().any(|name| name == file || (!is_change && name.ends_with('/') && file.starts_with(name)))
}

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
pub fn renamed(files: &Files, from: &str, to: &str) -> Result<Files> {
    let name = Regex::new(&format!(r"(^|[^\w:]){}(::|;)", regex::escape(&from.replace('-', "_"))))
        .context("the id of a chapter")?;
    let to = to.replace('-', "_");
    let mut files = files.clone();
    if let Some(bytes) = files.get_mut("src/main.rs")
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let text = name.replace_all(text, format!("${{1}}{to}${{2}}"));
        *bytes = with_its_use_in_order(&text, &to).into_bytes();
    }
    Ok(files)
}

/// The text with each `use` of this crate where rustfmt puts it: among the `use` lines around it, by name.
fn with_its_use_in_order(text: &str, krate: &str) -> String {
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)(?:^use [^;]*;\n)+"));
    let sorted = |block: &Captures<'_>| {
        let items = block[0].split_inclusive(";\n");
        let (own, mut others): (Vec<_>, Vec<_>) = items.partition(|item| first_segment(item) == krate);
        // What names no other crate comes first.
        let is_behind = |name: &str| !["crate", "self", "super"].contains(&name) && name > krate;
        let at = others.iter().position(|other| is_behind(first_segment(other)));
        let at = at.unwrap_or(others.len());
        others.splice(at..at, own);
        others.concat()
    };
    ITEMS.replace_all(text, sorted).into_owned()
}

/// `sqlx` of `use sqlx::{AssertSqlSafe, Connection};`.
fn first_segment(item: &str) -> &str {
    item.trim_start_matches("use ").split([':', ';', ' ']).next().unwrap_or_default()
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

    #[test]
    fn a_folder_stands_for_what_is_new_in_it_or_gone_from_it_and_for_no_change() {
        let given = ["src/domain/".to_owned(), "src/main.rs".to_owned()];
        let is_given = |file: &str, is_change: bool| is_given(&given, file, is_change);
        assert!(is_given("src/domain/emails.rs", false) && is_given("src/domain/given/ada.rs", false));
        assert!(is_given("src/main.rs", true));
        assert!(!is_given("src/domain/emails.rs", true), "a change is named by itself");
        assert!(!is_given("src/domain.rs", false), "it is beside the folder");
    }
}
