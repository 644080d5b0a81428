//! Gate 4, the code: outside `edit` and `given`, a starter is the solved chapter before, and its own solution.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use workbook::course::{Chapter, Course, Files, files};

use super::Failure;
use crate::chain::{handed_on, is_its_own, renamed};

pub fn check(course: &Course, chapter: &Chapter) -> Result<Vec<Failure>> {
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
        let solved = handed_on(&files::read_all(&from.solution_dir)?);
        for (file, bytes) in renamed(&solved, id, &chapter.id)? {
            owners.insert(file.clone(), id);
            before.insert(file, bytes);
        }
    }
    let starter = handed_on(&files::read_all(&chapter.dir)?);
    let whole_solution = files::read_all(&chapter.solution_dir)?;
    let solution = handed_on(&whole_solution);
    let mut failures = Vec::new();

    let first = chapter.about.from.is_empty();
    let all: BTreeSet<&String> = starter.keys().chain(before.keys()).filter(|_| !first).collect();
    for file in all {
        let owner = owners.get(file).map_or("", |id| id.as_str());
        let (is_change, failure) = match (before.get(file), starter.get(file)) {
            (Some(before), Some(now)) if before == now => continue,
            (Some(_), Some(_)) => (
                true,
                Failure::new(
                    format!(
                        "exercises/{folder}/{file} differs from the solved {owner}, and is neither in `edit` nor in `given`"
                    ),
                    format!(
                        "carry the change (cargo gates carry {owner}), take it back, or name the file in `given`"
                    ),
                ),
            ),
            (Some(_), None) => (
                false,
                Failure::new(
                    format!("{file} of the solved {owner} is gone from exercises/{folder}"),
                    "put it back, or name it in `given` and say on the page why it is gone",
                ),
            ),
            (None, _) => (
                false,
                Failure::new(
                    format!("exercises/{folder}/{file} is new, and is neither in `edit` nor in `given`"),
                    "name it in `given`, or in `edit` if the learner is to change it",
                ),
            ),
        };
        if !edit.contains(file) && !is_given(given, file, is_change) {
            failures.push(failure);
        }
    }

    let everywhere = || [&starter, &whole_solution, &before].into_iter().flat_map(Files::keys);
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

#[cfg(test)]
mod tests {
    use super::*;

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
