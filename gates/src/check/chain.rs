//! Gate 4: outside `edit` and `given`, a starter is the solved chapter before.

use anyhow::Result;
use workbook::course::{Chapter, Course};

use super::Failure;
use crate::chain::{self, Kind};

/// What is wrong with the chain at this chapter.
///
/// # Errors
/// When a file cannot be read.
pub fn check(course: &Course, chapter: &Chapter) -> Result<Vec<Failure>> {
    if let Some(unknown) =
        chapter.about.from.iter().find(|id| !course.chapters.iter().any(|other| &other.id == *id))
    {
        return Ok(vec![Failure::new(
            format!("it comes from {unknown:?}, and there is no such chapter"),
            format!("name existing chapters in `from` of exercises/{}/Cargo.toml", chapter.folder),
        )]);
    }
    let failures = chain::breaks(course, chapter)?.into_iter().map(|broken| {
        let (folder, file) = (&chapter.folder, &broken.file);
        match broken.what {
            Kind::Changed { before } => Failure::new(
                format!("exercises/{folder}/{file} differs from the solved {before}, and is neither in `edit` nor in `given`"),
                format!("carry the change (cargo gates carry {before}), take it back, or name the file in `given`"),
            ),
            Kind::Added => Failure::new(
                format!("exercises/{folder}/{file} is new, and is neither in `edit` nor in `given`"),
                "name it in `given`, or in `edit` if the learner is to change it",
            ),
            Kind::Missing { before } => Failure::new(
                format!("{file} of the solved {before} is gone from exercises/{folder}"),
                "put it back, or name it in `given` and say on the page why it is gone",
            ),
            Kind::Unknown => Failure::new(
                format!("`edit` or `given` names {file}, which neither this chapter nor one before has"),
                format!("mend the name in exercises/{folder}/Cargo.toml (paths count from exercises/{folder}), or write the file"),
            ),
            Kind::Solution => Failure::new(
                format!("solutions/{folder}/{file} and the starter differ, and the file is not in `edit`"),
                "make both the same, or name the file in `edit`",
            ),
        }
    });
    Ok(failures.collect())
}
