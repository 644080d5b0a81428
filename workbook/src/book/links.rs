//! The gate for links: every link, image, script and anchor of the built book leads somewhere in it. Links to other hosts are
//! not followed, so that the gate gives the same answer offline.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::slashed;

/// A link of the built book that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The page that has it, relative to the built folder.
    pub page: PathBuf,
    /// The link as it stands in the page.
    pub link: String,
    pub reason: String,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the link {} {}", slashed(&self.page), self.link, self.reason)
    }
}

/// Follows every link inside the book that was built into `built`; the answer is sorted by page.
pub fn check_links(built: &Path) -> Result<Vec<BrokenLink>> {
    let mut pages = BTreeMap::new();
    let mut files = BTreeSet::new();
    list(built, Path::new(""), &mut files)?;
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
                broken.push(BrokenLink { page: file.clone(), link: link.clone(), reason });
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
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escaped.filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn list(root: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    let cannot = || {
        format!(
            "{} could not be read. Build the book first: `cargo workbook build`",
            root.join(folder).display()
        )
    };
    for entry in fs::read_dir(root.join(folder)).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let path = folder.join(entry.file_name());
        if entry.file_type().with_context(cannot)?.is_dir() {
            list(root, &path, files)?;
        } else {
            files.insert(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Page {
    links: BTreeSet<String>,
    anchors: BTreeSet<String>,
    /// It has a `<base>`, so its links count from the book's root.
    base: bool,
}

impl Page {
    fn parse(text: &str) -> Page {
        let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(text));
        // A script never writes into the page here, so the tokenizer does not stop before the end.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }
}

#[derive(Default)]
struct Collector(RefCell<Page>);

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let mut page = self.0.borrow_mut();
        for attribute in &tag.attrs {
            let value = attribute.value.to_string();
            match (&*attribute.name.local, &*tag.name) {
                ("href", "base") => page.base = true,
                ("href" | "src" | "poster", _) => {
                    page.links.insert(value);
                }
                ("id", _) | ("name", "a") => {
                    page.anchors.insert(value);
                }
                _ => {}
            }
        }
        // What stands in a script is no markup, even where it looks like it.
        match (&*tag.name, tag.kind) {
            ("script", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::ScriptData),
            ("style", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }
}
