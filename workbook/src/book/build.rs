//! One build of the whole book, in-process.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mdbook_driver::{MDBook, book::BookItem, config::Config};

use super::{
    exercise,
    includes::broken_includes,
    lighten::lighten,
    pages::{PageProblem, pages, slashed},
    preprocess::ALL,
    warnings,
};

/// The scripts that only a served book gets, in the order in which they need each other: there is nothing behind them on a plain
/// web host.
const LIVE_SCRIPTS: [&str; 4] = [
    "book/theme/workbook.js",
    "book/theme/workbook-results.js",
    "book/theme/workbook-panel.js",
    "book/theme/workbook-progress.js",
];

#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder that receives the pages. It is made if it is missing; what an earlier build left in it is removed.
    pub destination: PathBuf,
    /// Whether the tool serves the pages: they then get the script that reloads them and shows the exercise's state.
    pub served: bool,
}

#[derive(Debug)]
pub struct Built {
    pub folder: PathBuf,
    pub pages: usize,
    /// What did not stop the build but does not belong in a good book: broken includes, mdBook's own warnings.
    pub problems: Vec<PageProblem>,
    pub took: Duration,
}

/// A folder that holds something other than a built book is refused.
pub fn build(root: &Path, options: &BuildOptions) -> Result<Built> {
    let started = Instant::now();
    let destination = std::path::absolute(&options.destination)?;
    make_room(&destination)?;
    let config = load_config(root, &destination, options.served)?;
    let sources = config.book.src.clone();

    let (built, said) = warnings::collect(|| run(root, &sources, config));
    let named = built?;
    // mdBook copies whatever lies beside the pages. The theme's files are in the output already, under the names the pages link.
    let copied = destination.join("theme");
    if copied.is_dir() {
        fs::remove_dir_all(&copied)
            .with_context(|| format!("{} could not be removed. Delete it by hand", copied.display()))?;
    }
    lighten(&destination)?;

    let pages = pages(root, &sources)?;
    let mut problems = broken_includes(root, &pages);
    problems.extend(forgotten(&pages, &named));
    problems.extend(said.into_iter().map(|message| PageProblem::new("", 0, message)));
    Ok(Built { folder: destination, pages: named.len(), problems, took: started.elapsed() })
}

/// Builds, and returns the pages that the summary names, by their paths from the workbook's root.
fn run(root: &Path, sources: &Path, config: Config) -> Result<BTreeSet<String>> {
    let asked = ALL.map(|ours| config.contains_key(&format!("preprocessor.{}", ours.name)).then_some(ours));
    let mut book = MDBook::load_with_config(root, config)
        .context("The book could not be read. Mend the file that is named below, then build again")?;
    // One of the same name takes the place of the command in `book.toml`, and keeps its place in the order.
    for ours in asked.into_iter().flatten() {
        book.with_preprocessor(ours);
    }
    book.build().context("The book could not be built")?;
    let pages = book.iter().filter_map(|item| match item {
        BookItem::Chapter(page) => Some(slashed(&sources.join(page.source_path.as_ref()?))),
        _ => None,
    });
    Ok(pages.collect())
}

fn load_config(root: &Path, destination: &Path, served: bool) -> Result<Config> {
    let file = root.join("book.toml");
    let mut config = Config::from_disk(&file).with_context(|| {
        format!("{} could not be read. Run this inside the workbook, or restore the file with `git checkout book.toml`", file.display())
    })?;
    config
        .update_from_env()
        .context("A variable MDBOOK_… of the environment does not fit book.toml: unset it")?;
    config.build.build_dir = destination.to_path_buf();
    // A page that the summary names and nobody wrote is an error, never an empty page made on the quiet.
    config.build.create_missing = false;
    if served {
        let mut html = config.html_config().unwrap_or_default();
        html.additional_js.extend(LIVE_SCRIPTS.map(PathBuf::from));
        config.set("output.html.additional-js", html.additional_js)?;
        config.set(exercise::SERVED, true)?;
    }
    Ok(config)
}

/// mdBook empties its destination first; a slip of the keyboard must not empty somebody's home.
fn make_room(destination: &Path) -> Result<()> {
    fs::create_dir_all(destination).with_context(|| {
        format!("{} could not be made. Free some space or choose another folder", destination.display())
    })?;
    let mut entries = fs::read_dir(destination)
        .with_context(|| format!("{} could not be read. Choose another folder", destination.display()))?;
    let is_book = ["toc.html", ".nojekyll"].iter().all(|file| destination.join(file).is_file());
    ensure!(
        is_book || entries.next().is_none(),
        "{} holds something other than a built book, and building would delete it. Choose an empty folder, or empty this one",
        destination.display()
    );
    Ok(())
}

/// A page that the summary does not name is in no book, and mdBook does not say so: it also stops reading a summary at a line it
/// does not expect. A file whose name has no small letter, as README, is about the folder and no page.
fn forgotten(pages: &[(String, String)], named: &BTreeSet<String>) -> impl Iterator<Item = PageProblem> {
    let files = pages.iter().map(|(file, _)| file).filter(|file| !named.contains(*file));
    let is_page = |file: &&String| {
        Path::new(file).file_stem().is_some_and(|name| name.to_string_lossy().contains(char::is_lowercase))
    };
    let message = "no page of the book: name it in SUMMARY.md. If it is named there, mdBook stopped reading before it (a list \
                   item, a part's title or `---` must come first)";
    files.filter(is_page).map(move |file| PageProblem::new(file, 0, message))
}
