//! The gate for links: every link, image, script and anchor of the built book leads somewhere in it. Links to other hosts are
//! not followed, so that the gate gives the same answer offline.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use html5gum::Token;
use percent_encoding::percent_decode_str;

use super::{
    html::{text, tokens},
    pages::PageProblem,
};
use crate::course::files::{self, joined};

/// Follows every link inside the book that was built into `built`; each one that leads nowhere is a problem of its page.
pub fn check_links(built: &Path) -> Result<Vec<PageProblem>> {
    let mut files = BTreeMap::new();
    for path in files::below(built, |_| true).context("Build the book first: `cargo workbook build`")? {
        let name = files::relative(built, &path);
        let text = name.ends_with(".html").then(|| fs::read_to_string(&path)).transpose();
        let text = text.with_context(|| format!("{name} could not be read. Build the book again"))?;
        files.insert(name, text.map(|text| Page::parse(&text)));
    }
    let mut broken = BTreeSet::new();
    // The print page repeats every other page, with its links turned; what is wrong there is wrong in the page too.
    for (file, page) in files.iter().filter(|(file, _)| *file != "print.html") {
        for link in page.iter().flat_map(|page| &page.links) {
            if let Some(reason) = follow(file, link, &files) {
                broken.insert(PageProblem::new(file, 0, format!("the link {link} {reason}")));
            }
        }
    }
    Ok(broken.into_iter().collect())
}

/// `files` are all of the book, those that are pages with what stands in them. Gives what is wrong with the link.
fn follow(file: &str, link: &str, files: &BTreeMap<String, Option<Page>>) -> Option<String> {
    let has_scheme = link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    if has_scheme || link.starts_with("//") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let [path, anchor] = [path, anchor].map(|part| percent_decode_str(part).decode_utf8_lossy());
    let has_base = matches!(files.get(file), Some(Some(page)) if page.base);
    let folder = match file.rsplit_once('/') {
        Some((folder, _)) if !has_base && !path.starts_with('/') => folder,
        _ => "",
    };
    let mut target = if path.is_empty() { file.to_owned() } else { joined(folder, &path) };
    if target.split('/').next() == Some("..") {
        return Some("leaves the book: link to a page of it, or to a full address".into());
    }
    if path.ends_with('/') || target.is_empty() {
        target = joined(&target, "index.html");
    }
    match files.get(&target) {
        None if target.ends_with(".md") => {
            Some("leads to a Markdown file that is no page: add it to SUMMARY.md".into())
        }
        None => Some(format!("leads nowhere: there is no {target} in the book. Mend the path")),
        Some(Some(page)) if !anchor.is_empty() && !page.anchors.contains(&*anchor) => Some(format!(
            "leads to a place that {target} does not have: mend the part behind #, or the heading"
        )),
        Some(_) => None,
    }
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
