//! Reads the glossary, and the pages that link to it.

use std::{ops::Range, sync::LazyLock};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// What stands behind it are the names that the word has in code.
pub const IN_CODE: &str = "In code:";

/// A word and what it is called in code.
#[derive(Debug, PartialEq, Eq)]
pub struct GlossaryEntry {
    pub word: String,
    pub anchor: String,
    pub line: usize,
    pub names: Vec<(String, usize)>,
}

pub fn entries(text: &str) -> Vec<GlossaryEntry> {
    let mut entries: Vec<GlossaryEntry> = Vec::new();
    let (mut heading, mut said) = (false, String::new());
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        let names = said.trim_end_matches([' ', ',']).ends_with(IN_CODE);
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                heading = true;
                let line = line(text, range.start);
                entries.push(GlossaryEntry {
                    word: String::new(),
                    anchor: String::new(),
                    line,
                    names: Vec::new(),
                });
            }
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => said.clear(),
            Event::Text(word) | Event::Code(word) if heading => {
                if let Some(entry) = entries.last_mut() {
                    entry.word.push_str(&word);
                    entry.anchor = anchor(&entry.word);
                }
            }
            Event::Code(name) if names => {
                if let Some(entry) = entries.last_mut() {
                    entry.names.push((name.to_string(), line(text, range.start)));
                }
            }
            Event::Text(words) => said.push_str(&words),
            Event::SoftBreak | Event::HardBreak => said.push(' '),
            _ => {}
        }
    }
    entries
}

/// As mdBook names the place of a heading.
fn anchor(heading: &str) -> String {
    let letters = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    letters.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

#[derive(Debug)]
pub struct Link {
    pub words: String,
    pub anchor: String,
    pub line: usize,
    pub range: Range<usize>,
}

pub fn links(text: &str) -> Vec<Link> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\[([^\]]+)\]\((?:\.\./)*glossary\.md#([^)\s]+)\)").expect("a constant")
    });
    let link = |found: regex::Captures<'_>| {
        let range = found.get(0).expect("the whole").range();
        let words = found[1].split_whitespace().collect::<Vec<_>>().join(" ");
        Link { words, anchor: found[2].to_owned(), line: line(text, range.start), range }
    };
    LINK.captures_iter(text).map(link).collect()
}

pub fn line(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// The text with all that is no running text made blank, byte for byte: code, headings, addresses.
pub fn prose(text: &str) -> String {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)]*\)").expect("a constant"));
    let mut blank: Vec<Range<usize>> = ADDRESS.find_iter(text).map(|found| found.range()).collect();
    not_prose(text, 0, &mut blank);
    let mut bytes = text.as_bytes().to_vec();
    for byte in blank.into_iter().flatten() {
        if bytes[byte] != b'\n' {
            bytes[byte] = b' ';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds where code and headings stand. A box is running text, but for its first line.
fn not_prose(text: &str, before: usize, found: &mut Vec<Range<usize>>) {
    let at = |range: &Range<usize>| before + range.start..before + range.end;
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.starts_with("admonish") => {
                let line = text[range.clone()].find('\n').unwrap_or(range.len());
                let inside = range.start + line..range.end;
                found.push(at(&(range.start..inside.start)));
                not_prose(&text[inside.clone()], before + inside.start, found);
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Heading { .. }) | Event::Code(_) => found.push(at(&range)),
            _ => {}
        }
    }
}

/// Where these words first stand, as whole words, in whatever case and with a line's end between them.
pub fn first(prose: &str, words: &str) -> Option<usize> {
    let words: Vec<String> = words.trim_matches('`').split(' ').map(regex::escape).collect();
    let pattern = format!(r"(?i)\b{}\b", words.join(r"\s+"));
    Regex::new(&pattern).ok()?.find(prose).map(|found| found.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_a_place_and_names() {
        let text = "# Glossary\n\nWords.\n\n## `FromRef`\n\nA trait of `axum`.\n\n## Order item\n\nA line, see `x`. In\ncode: `OrderItem`,\n`add_item`.\n\nIt has `y`.\n";
        let entry = |word: &str, anchor: &str, line, names: &[(&str, usize)]| GlossaryEntry {
            word: word.into(),
            anchor: anchor.into(),
            line,
            names: names.iter().map(|(name, line)| ((*name).into(), *line)).collect(),
        };
        assert_eq!(
            entries(text),
            [
                entry("FromRef", "fromref", 5, &[]),
                entry("Order item", "order-item", 9, &[("OrderItem", 12), ("add_item", 13)])
            ]
        );
        assert_eq!(anchor("Absent, null and empty"), "absent-null-and-empty");
    }

    #[test]
    fn a_link_may_span_two_lines_and_stand_in_any_folder() {
        let found = links("a\n[minor\nunit](../glossary.md#minor-unit), [x](other.md#a), [y](glossary.md#y)");
        let found: Vec<_> = found.iter().map(|link| (&*link.words, &*link.anchor, link.line)).collect();
        assert_eq!(found, [("minor unit", "minor-unit", 2), ("y", "y", 3)]);
    }

    #[test]
    fn code_headings_and_addresses_are_no_running_text_and_boxes_are() {
        let page = "# Order é\n\nAn `order` [of](order.md).\n\n```rust\norder\n```\n\n~~~admonish note title=\"order\"\n`order` in\na box\n~~~\n\nBeans in an\nOrder.\n";
        let prose = prose(page);
        assert_eq!(prose.len(), page.len());
        assert_eq!(first(&prose, "order"), page.rfind("Order"));
        assert_eq!(first(&prose, "an order"), page.rfind("an\nOrder"));
        assert_eq!(first(&prose, "a box"), page.find("a box"));
        assert_eq!(first(&prose, "bean"), None);
    }
}
