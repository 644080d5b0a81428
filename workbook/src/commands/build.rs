//! `build`: the static book.

use std::path::Path;

use anstream::println;

use crate::{
    book::{self, BuildOptions},
    commands::Verdict,
    course::Course,
};

/// Builds the book into `output` and checks it: every include, every link. A broken link is a verdict.
pub fn build(course: &Course, output: &Path) -> Verdict {
    let options = BuildOptions { destination: output.to_owned(), served: false };
    let built = book::build(&course.root, &options)?;
    let mut problems: Vec<String> = built.problems.iter().map(ToString::to_string).collect();
    problems.extend(book::check_links(&built.folder)?.iter().map(ToString::to_string));
    for problem in &problems {
        println!("{problem}");
    }
    println!(
        "{} pages in {} ms: {}\nPut that folder on any web host.",
        built.pages,
        built.took.as_millis(),
        output.display(),
    );
    Ok(problems.is_empty())
}
