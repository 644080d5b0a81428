//! Gate 5, the book as a whole: it builds, its code comes from compiled crates, and its links lead somewhere.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use workbook::{
    book::{self, BuildOptions, Problem},
    course::files,
};

use super::Failure;

/// What is wrong with the code in the text, page by page.
pub fn includes(root: &Path) -> Result<Vec<Problem>> {
    book::check_includes(root)
}

/// The problems of one page (`book/…`).
pub fn of_page(problems: &[Problem], page: &str) -> Vec<Failure> {
    problems
        .iter()
        .filter(|problem| files::relative(Path::new(""), &problem.file) == page)
        .map(failure)
        .collect()
}

/// What is wrong with the pages other than those, and with the book that is built of all of them.
pub fn check(root: &Path, problems: &[Problem], elsewhere: &BTreeSet<String>) -> Result<Vec<Failure>> {
    let is_elsewhere =
        |problem: &&Problem| elsewhere.contains(&files::relative(Path::new(""), &problem.file));
    let mut failures: Vec<Failure> =
        problems.iter().filter(|problem| !is_elsewhere(problem)).map(failure).collect();
    let folder = tempfile::tempdir().context("no temporary folder can be made: is the disk full?")?;
    let destination = folder.path().join("book");
    let built = match book::build(root, &BuildOptions { destination, served: false }) {
        Ok(built) => built,
        Err(error) => {
            failures.push(Failure::new(
                format!("the book does not build: {error:#}"),
                "mend that; see it with: cargo workbook build",
            ));
            return Ok(failures);
        }
    };
    failures.extend(
        built
            .problems
            .iter()
            .filter(|problem| !problems.contains(problem) && !is_elsewhere(problem))
            .map(failure),
    );
    let broken = book::check_links(&built.folder)?;
    failures.extend(broken.iter().map(|link| {
        Failure::new(
            link.to_string(),
            "mend the link, or write what it names; the built page has the name of its Markdown file",
        )
    }));
    Ok(failures)
}

fn failure(problem: &Problem) -> Failure {
    Failure::new(
        problem.to_string(),
        "change that line of the page, or the code that it names, then run the check again",
    )
}
