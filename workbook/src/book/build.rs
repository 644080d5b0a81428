//! One build of the whole book, in-process.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mdbook_driver::{MDBook, book::BookItem, config::Config};

use super::{
    exercise,
    includes::broken_includes,
    lighten::lighten,
    pages::{PageProblem, pages},
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
    /// The folder that holds `index.html`.
    pub folder: PathBuf,
    pub pages: usize,
    /// What did not stop the build but does not belong in a good book: broken includes, mdBook's own warnings.
    pub problems: Vec<PageProblem>,
    pub took: Duration,
}

/// Builds the book of the workbook at `root`.
/// A folder that holds something other than a built book is refused.
pub fn build(root: &Path, options: &BuildOptions) -> Result<Built> {
    let started = Instant::now();
    let destination = std::path::absolute(&options.destination)?;
    make_room(&destination)?;
    let config = load_config(root, &destination, options.served)?;
    let sources = config.book.src.clone();

    let (built, said) = warnings::collect(|| run(root, config));
    let named = built?;
    forget_copied_theme(&destination, &root.join(&sources))?;
    lighten(&destination)?;

    let mut problems = broken_includes(root, &sources)?;
    problems.extend(forgotten_pages(root, &sources, &named)?);
    problems.extend(said.into_iter().map(|message| PageProblem { file: PathBuf::new(), line: 0, message }));
    Ok(Built { folder: destination, pages: named.len(), problems, took: started.elapsed() })
}

/// Builds, and returns the pages that the summary names, relative to the sources.
fn run(root: &Path, config: Config) -> Result<BTreeSet<PathBuf>> {
    let asked = ALL.into_iter().filter(|ours| config.contains_key(&format!("preprocessor.{}", ours.name)));
    let asked: Vec<_> = asked.collect();
    let mut book = MDBook::load_with_config(root, config)
        .context("The book could not be read. Mend the file that is named below, then build again")?;
    // One of the same name takes the place of the command in `book.toml`, and keeps its place in the order.
    for ours in asked {
        book.with_preprocessor(ours);
    }
    book.build().context("The book could not be built")?;
    let pages = book.iter().filter_map(|item| match item {
        BookItem::Chapter(page) => page.source_path.clone(),
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
    let is_book = || destination.join("toc.html").is_file() && destination.join(".nojekyll").is_file();
    if entries.next().is_some() && !is_book() {
        bail!(
            "{} holds something other than a built book, and building would delete it. Choose an empty folder, or empty this one",
            destination.display()
        );
    }
    Ok(())
}

/// A page that the summary does not name is in no book, and mdBook does not say so: it also stops reading a summary at a line it
/// does not expect. A file whose name has no small letter, as README, is about the folder and no page.
fn forgotten_pages(root: &Path, sources: &Path, named: &BTreeSet<PathBuf>) -> Result<Vec<PageProblem>> {
    let no_page = |file: &Path| {
        file == Path::new("404.md")
            || file.file_stem().is_some_and(|name| !name.to_string_lossy().contains(char::is_lowercase))
    };
    let mut forgotten = Vec::new();
    for (file, _) in pages(root, sources)? {
        let page = file.strip_prefix(sources).unwrap_or(&file);
        if !named.contains(page) && !no_page(page) {
            let message = "no page of the book: name it in SUMMARY.md. If it is named there, mdBook stopped reading before it (a list \
                           item, a part's title or `---` must come first)";
            forgotten.push(PageProblem { file, line: 0, message: message.into() });
        }
    }
    Ok(forgotten)
}

/// mdBook copies whatever lies beside the pages. The theme's files are in the output already, under the names the pages link.
fn forget_copied_theme(destination: &Path, sources: &Path) -> Result<()> {
    let copied = destination.join("theme");
    if sources.join("theme").is_dir() && copied.is_dir() {
        fs::remove_dir_all(&copied)
            .with_context(|| format!("{} could not be removed. Delete it by hand", copied.display()))?;
    }
    Ok(())
}
