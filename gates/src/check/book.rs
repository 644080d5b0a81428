//! Gate 5, the book as a whole: it builds, its code comes from compiled crates, and its links lead somewhere.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use workbook::{
    book::{self, BuildOptions, PageProblem},
    course::files,
};

use super::Failure;

pub fn of_page(problems: &[PageProblem], page: &str) -> Vec<Failure> {
    problems.iter().filter(|problem| page_of(problem) == page).map(Failure::from).collect()
}

/// What is wrong with the pages other than those, and with the book that is built of all of them.
pub fn check(root: &Path, problems: &[PageProblem], elsewhere: &BTreeSet<String>) -> Result<Vec<Failure>> {
    let is_here = |problem: &&PageProblem| !elsewhere.contains(&page_of(problem));
    let mut failures: Vec<Failure> = problems.iter().filter(is_here).map(Failure::from).collect();
    let folder = tempfile::tempdir().context("no temporary folder can be made: is the disk full?")?;
    let destination = folder.path().join("book");
    let built = match book::build(root, &BuildOptions { destination, served: false }) {
        Ok(built) => built,
        Err(error) => {
            let problem = format!("the book does not build: {error:#}");
            failures.push(Failure::new(problem, "mend that; see it with: cargo workbook build"));
            return Ok(failures);
        }
    };
    let new = built.problems.iter().filter(|problem| !problems.contains(problem)).filter(is_here);
    failures.extend(new.map(Failure::from));
    let mend = "mend the link, or write what it names; the built page has the name of its Markdown file";
    let broken = book::check_links(&built.folder)?;
    failures.extend(broken.iter().map(|link| Failure::new(link.to_string(), mend)));
    Ok(failures)
}

fn page_of(problem: &PageProblem) -> String {
    files::relative(Path::new(""), &problem.file)
}
