//! The gate for links: every link, image, script and anchor of the built book leads somewhere in it. Links to other hosts are
//! not followed, so that the gate gives the same answer offline.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use html5gum::Token;
use percent_encoding::percent_decode_str;

use super::{
    html::{text, tokens},
    pages::{PageProblem, slashed},
};
use crate::course::files;

/// Follows every link inside the book that was built into `built`; each one that leads nowhere is a problem of its page.
pub fn check_links(built: &Path) -> Result<Vec<PageProblem>> {
    let mut pages = BTreeMap::new();
    let found = files::below(built, |_| true).context("Build the book first: `cargo workbook build`")?;
    let files: BTreeSet<PathBuf> =
        found.iter().map(|path| path.strip_prefix(built).unwrap_or(path).to_path_buf()).collect();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "html")) {
        let text = fs::read_to_string(built.join(file))
            .with_context(|| format!("{} could not be read. Build the book again", file.display()))?;
        pages.insert(file.clone(), Page::parse(&text));
    }
    let mut broken = Vec::new();
    for (file, page) in &pages {
        // The print page repeats every other page, with its links turned; what is wrong there is wrong in the page too.
        if file == Path::new("print.html") {
            continue;
        }
        for link in &page.links {
            if let Some(reason) = follow(file, page, link, &pages, &files) {
                broken.push(PageProblem {
                    file: file.clone(),
                    line: 0,
                    message: format!("the link {link} {reason}"),
                });
            }
        }
    }
    broken.sort();
    broken.dedup();
    Ok(broken)
}

fn follow(
    file: &Path,
    page: &Page,
    link: &str,
    pages: &BTreeMap<PathBuf, Page>,
    files: &BTreeSet<PathBuf>,
) -> Option<String> {
    let scheme = link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    if scheme || link.starts_with("//") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = decode(path.split('?').next().unwrap_or_default());
    let target = match (path.as_str(), path.strip_prefix('/')) {
        ("", _) => file.to_path_buf(),
        (_, Some(from_root)) => join(Path::new(""), from_root)?,
        (_, None) if page.base => join(Path::new(""), &path)?,
        (_, None) => match join(file.parent().unwrap_or(Path::new("")), &path) {
            Some(target) => target,
            None => return Some("leaves the book: link to a page of it, or to a full address".into()),
        },
    };
    let as_folder = target.join("index.html");
    let target = if path.ends_with('/') || target.as_os_str().is_empty() { as_folder } else { target };
    if !files.contains(&target) {
        return Some(match target.extension() {
            Some(extension) if extension == "md" => {
                "leads to a Markdown file that is no page: add it to SUMMARY.md".into()
            }
            _ => format!("leads nowhere: there is no {} in the book. Mend the path", slashed(&target)),
        });
    }
    let anchor = decode(anchor);
    let found = anchor.is_empty() || pages.get(&target).is_none_or(|page| page.anchors.contains(&anchor));
    (!found).then(|| {
        format!(
            "leads to a place that {} does not have: mend the part behind #, or the heading",
            slashed(&target)
        )
    })
}

/// `None` where `..` leads out of the book.
fn join(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut joined = folder.to_path_buf();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if !joined.pop() {
                    return None;
                }
            }
            part => joined.push(part),
        }
    }
    Some(joined)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[derive(Default)]
struct Page {
    links: BTreeSet<String>,
    anchors: BTreeSet<String>,
    /// It has a `<base>`, so its links count from the book's root.
    base: bool,
}

impl Page {
    fn parse(html: &str) -> Page {
        let mut page = Page::default();
        for token in tokens(html) {
            let Token::StartTag(tag) = token else { continue };
            for (name, value) in &tag.attributes {
                match (&name[..], &tag.name[..]) {
                    (b"href", b"base") => page.base = true,
                    (b"href" | b"src" | b"poster", _) => drop(page.links.insert(text(value))),
                    (b"id", _) | (b"name", b"a") => drop(page.anchors.insert(text(value))),
                    _ => {}
                }
            }
        }
        page
    }
}
