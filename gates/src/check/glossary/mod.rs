//! Gate 5, the glossary: the code and the book call things by the same words, and a page links each word where it first
//! needs it.
//!
//! - Each word that a domain says aloud ([`Words::spoken`]) stands behind `In code:` of exactly one entry, and what stands
//!   there exists.
//! - The page of the chapter that brings a word into the code links its entry. Every other entry is linked from some page.
//! - A page links an entry once, where the words of that link first stand on the page.

mod text;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Result;
use text::{GlossaryEntry, IN_CODE, Link, entries, first, line, links, prose};
use words::Words;
use workbook::{
    book::PageProblem,
    course::{Course, Files, files},
};

const GLOSSARY: &str = "glossary.md";

/// What a chapter says, and what its domain is made of.
struct ChapterWords<'a> {
    folder: &'a str,
    page: &'a str,
    words: Words,
}

/// What is wrong between the glossary, the pages and the domains of the solutions.
pub fn check(course: &Course) -> Result<Vec<PageProblem>> {
    let book = files::read_all(&course.root.join("book"))?;
    let mut chapters = Vec::new();
    for chapter in &course.chapters {
        let words = Words::of(&files::read_all(&chapter.solution_dir)?);
        chapters.push(ChapterWords { folder: &chapter.folder, page: &chapter.about.page, words });
    }
    Ok(judge(&chapters, &book))
}

fn judge(chapters: &[ChapterWords<'_>], book: &Files) -> Vec<PageProblem> {
    let glossary = book.get(GLOSSARY).map(|text| String::from_utf8_lossy(text)).unwrap_or_default();
    let entries = entries(&glossary);
    let mut problems = names(chapters, &entries);
    let pages = book
        .iter()
        .filter(|(name, _)| name.ends_with(".md") && ![GLOSSARY, "SUMMARY.md"].contains(&name.as_str()));
    let mut misplaced_links = Vec::new();
    let mut links_of = BTreeMap::new();
    for (page, text) in pages {
        let text = String::from_utf8_lossy(text);
        let links = links(&text);
        misplaced_links.extend(misplaced(page, &text, &links));
        links_of.insert(page.as_str(), links.into_iter().map(|link| link.anchor).collect());
    }
    problems.extend(unlinked(chapters, &entries, &links_of));
    problems.extend(misplaced_links);
    problems
}

fn problem(file: &str, line: usize, message: String) -> PageProblem {
    PageProblem { file: Path::new("book").join(file), line, message }
}

/// Where code and glossary do not agree.
fn names(chapters: &[ChapterWords<'_>], entries: &[GlossaryEntry]) -> Vec<PageProblem> {
    let mut problems = Vec::new();
    let mut wrong = |line: usize, message: String| problems.push(problem(GLOSSARY, line, message));
    let mut explained = BTreeMap::new();
    for entry in entries {
        for (name, line) in &entry.names {
            if !chapters.iter().any(|chapter| chapter.words.has(name)) {
                let unknown = format!(
                    "no solution has a type `{name}`, or a function of that name that is not private"
                );
                wrong(*line, format!("{unknown}: mend the name, or take it out"));
            }
            if let Some(first) = explained.insert(name, &entry.word) {
                wrong(*line, format!("`{name}` is the name of \"{first}\" already: one name, one word"));
            }
        }
    }
    let mut missing = BTreeSet::new();
    for ChapterWords { folder, words, .. } in chapters {
        for name in words.spoken.iter().filter(|name| !explained.contains_key(name)) {
            if missing.insert(name) {
                let unexplained = format!(
                    "solutions/{folder} has a public `{name}` in its domain, and no entry says what that is"
                );
                let mend =
                    format!("write it behind `{IN_CODE}` of the word that it stands for, or make it private");
                wrong(0, format!("{unexplained}: {mend}"));
            }
        }
    }
    problems
}

/// The entries that are not linked from where they are needed first. `links`: what each page links.
fn unlinked(
    chapters: &[ChapterWords<'_>],
    entries: &[GlossaryEntry],
    links: &BTreeMap<&str, BTreeSet<String>>,
) -> Vec<PageProblem> {
    let mut problems = Vec::new();
    for GlossaryEntry { word, anchor, line, names } in entries {
        let has = |page: &str| links.get(page).is_some_and(|links| links.contains(anchor));
        let brings = |chapter: &&ChapterWords<'_>| names.iter().any(|(name, _)| chapter.words.has(name));
        match chapters.iter().find(brings) {
            Some(chapter) if !has(chapter.page) => problems.push(problem(
                chapter.page,
                0,
                format!("this chapter brings \"{word}\" into the code, and its page does not link that word: link {GLOSSARY}#{anchor} where the page first needs it"),
            )),
            None if !links.values().any(|links| links.contains(anchor)) => problems.push(problem(
                GLOSSARY,
                *line,
                format!("no page links \"{word}\": link #{anchor} where a page first needs it, or take the entry out"),
            )),
            _ => {}
        }
    }
    problems
}

/// The links of one page that come twice, or too late.
fn misplaced(page: &str, text: &str, links: &[Link]) -> Vec<PageProblem> {
    let prose = prose(text);
    let (mut seen, mut problems) = (BTreeSet::new(), Vec::new());
    for Link { words, anchor, at } in links {
        let linked = line(text, *at);
        if !seen.insert(anchor) {
            let message = format!("#{anchor} is linked on this page already: once is enough");
            problems.push(problem(page, linked, message));
        } else if let Some(first) = first(&prose, words).filter(|first| first < at) {
            let message = format!(
                "\"{words}\" stands here and is linked to the glossary only in line {linked}: link it here"
            );
            problems.push(problem(page, line(text, first), message));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "pub struct Order;\nimpl Order { pub fn submit(&mut self) {} pub fn draft() {} }";
    const WORDS: &str = "## Order\n\nIn code: `Order`, `draft`, `submit`.\n";

    fn found(chapters: &[(&str, &str)], book: &[(&str, &str)]) -> Vec<String> {
        let chapters: Vec<_> = chapters
            .iter()
            .map(|(page, domain)| {
                let files = Files::from([("src/domain/mod.rs".to_owned(), domain.as_bytes().to_vec())]);
                ChapterWords { folder: "11-order", page, words: Words::of(&files) }
            })
            .collect();
        let book = book.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        judge(&chapters, &book).iter().map(ToString::to_string).collect()
    }

    fn only(found: &[String], start: &str, mend: &str) {
        assert!(found.len() == 1 && found[0].starts_with(start) && found[0].contains(mend), "{found:#?}");
    }

    #[test]
    fn a_word_that_is_explained_and_linked_is_in_order() {
        let page = "# Order\n\nAn [order](../glossary.md#order), and the order again.\n";
        let book =
            [("SUMMARY.md", "[x](glossary.md#x)"), (GLOSSARY, WORDS), ("a.md", page), ("b.md", "later")];
        assert_eq!(found(&[("a.md", ORDER), ("b.md", ORDER)], &book), [""; 0]);
    }

    #[test]
    fn a_public_name_without_an_entry_is_told_once() {
        let book = [(GLOSSARY, "## Order\n\nIn code: `Order`.\n"), ("a.md", "[order](glossary.md#order)")];
        let found = found(&[("a.md", ORDER), ("b.md", ORDER)], &book);
        only(&found, "book/glossary.md: solutions/11-order has a public `submit`", "behind `In code:`");
    }

    #[test]
    fn a_name_that_the_code_does_not_have_is_told() {
        let book =
            [(GLOSSARY, "## Order\n\nIn code: `Order`,\n`send`.\n"), ("a.md", "[order](glossary.md#order)")];
        let found = found(&[("a.md", "pub struct Order;")], &book);
        only(&found, "book/glossary.md:4: no solution has a type `send`", "take it out");
    }

    #[test]
    fn a_name_has_one_word() {
        let words = format!("{WORDS}\n## Cart\n\nIn code: `Order`.\n");
        let book = [(GLOSSARY, &*words), ("a.md", "[order](glossary.md#order) [cart](glossary.md#cart)")];
        only(
            &found(&[("a.md", ORDER)], &book),
            "book/glossary.md:7: `Order` is the name of \"Order\"",
            "one word",
        );
    }

    #[test]
    fn the_chapter_that_brings_a_word_links_it() {
        let book = [(GLOSSARY, WORDS), ("a.md", ""), ("b.md", "[order](glossary.md#order)")];
        let found = found(&[("a.md", ORDER), ("b.md", ORDER)], &book);
        only(&found, "book/a.md: this chapter brings \"Order\"", "link glossary.md#order");
    }

    #[test]
    fn every_other_word_is_linked_from_some_page() {
        let book = [(GLOSSARY, "## CRUD\n\nSee [crud](glossary.md#crud).\n"), ("a.md", "")];
        only(&found(&[], &book), "book/glossary.md:1: no page links \"CRUD\"", "link #crud");
    }

    #[test]
    fn a_page_links_a_word_once_and_where_it_first_stands() {
        let page = "A router.\n\nA [router](glossary.md#router).\n";
        let book = [(GLOSSARY, "## Router\n"), ("a.md", page)];
        only(&found(&[], &book), "book/a.md:1: \"router\" stands here", "in line 3");
        let page = "A [router](glossary.md#router), [routers](glossary.md#router).\n";
        only(
            &found(&[], &[(GLOSSARY, "## Router\n"), ("a.md", page)]),
            "book/a.md:1: #router is linked",
            "once",
        );
    }
}
