//! Reads the glossary, and the pages that link to it.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use regex::{Captures, Match, Regex};

use crate::check::regex;

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
    static PART: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^## (.+)$|In\s+code:((?:[\s,]*`[^`]+`)+)"));
    static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"`([^`]+)`"));
    let mut entries: Vec<GlossaryEntry> = Vec::new();
    for part in PART.captures_iter(text) {
        if let Some(heading) = part.get(1) {
            let word = heading.as_str().replace('`', "");
            let (anchor, line) = (anchor(&word), line(text, heading.start()));
            entries.push(GlossaryEntry { word, anchor, line, names: Vec::new() });
        } else if let (Some(all), Some(entry)) = (part.get(2), entries.last_mut()) {
            let names = NAME.captures_iter(all.as_str()).filter_map(|name| name.get(1));
            let name = |name: Match<'_>| (name.as_str().to_owned(), line(text, all.start() + name.start()));
            entry.names.extend(names.map(name));
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
    /// Where it begins.
    pub at: usize,
}

pub fn links(text: &str) -> Vec<Link> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\[([^\]]+)\]\((?:\.\./)*glossary\.md#([^)\s]+)\)"));
    let link = |found: Captures<'_>| Link {
        words: found[1].split_whitespace().collect::<Vec<_>>().join(" "),
        anchor: found[2].to_owned(),
        at: found.get_match().start(),
    };
    LINK.captures_iter(text).map(link).collect()
}

pub fn line(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// The text with all that is no running text made blank, byte for byte: code, headings, addresses. A box is running text, but
/// for its first line.
pub fn prose(text: &str) -> String {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"\]\([^)]*\)"));
    let mut left = ADDRESS.replace_all(text, |found: &Captures<'_>| blank(&found[0])).into_owned();
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        let found = &text[range.clone()];
        let instead = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.starts_with("admonish") => {
                let (first, inside) = found.split_at(found.find('\n').unwrap_or(found.len()));
                blank(first) + &prose(inside)
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Heading { .. }) | Event::Code(_) => blank(found),
            _ => continue,
        };
        left.replace_range(range, &instead);
    }
    left
}

fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
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
        let text = "a\n[minor\nunit](../glossary.md#minor-unit), [x](other.md#a), [y](glossary.md#y)";
        let found = links(text);
        let found: Vec<_> =
            found.iter().map(|link| (&*link.words, &*link.anchor, line(text, link.at))).collect();
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
