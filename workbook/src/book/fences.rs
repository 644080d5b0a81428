//! Finds the fenced code blocks of a page, with their lines, also those inside an admonish box or a question.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// What follows the opening backticks.
    pub info: String,
    /// The text between the fences.
    pub content: String,
    pub line: usize,
    /// The bytes from the first backtick to the last.
    pub range: Range<usize>,
}

impl Fence {
    /// The first word of the info string: `rust` of `rust,ignore`.
    pub fn language(&self) -> &str {
        self.info.split([',', ' ', '\t', '{']).next().unwrap_or_default()
    }
}

/// Every fenced block of `page` in its order. A block inside an admonish box or a question comes in its place.
pub fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    collect(page, 0, 0, &mut found);
    found
}

fn collect(text: &str, first_byte: usize, lines_before: usize, found: &mut Vec<Fence>) {
    let mut open: Option<Fence> = None;
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line = 1 + lines_before + text[..range.start].matches('\n').count();
                open = Some(Fence { info: info.to_string(), content: String::new(), line, range });
            }
            Event::Text(piece) => {
                if let Some(fence) = &mut open {
                    fence.content.push_str(&piece);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some(mut fence) = open.take() else { continue };
                if matches!(fence.language(), "admonish" | "question") {
                    let block = &text[fence.range.clone()];
                    let header = block.find('\n').map_or(block.len(), |end| end + 1);
                    let footer = block.trim_end().rfind('\n').map_or(header, |end| end + 1).max(header);
                    collect(
                        &block[header..footer],
                        first_byte + fence.range.start + header,
                        fence.line,
                        found,
                    );
                } else {
                    fence.range = fence.range.start + first_byte..fence.range.end + first_byte;
                    found.push(fence);
                }
            }
            _ => {}
        }
    }
}

/// The page with these texts in the place of these blocks. A block may end with its line's end, which stays.
pub(super) fn replaced(page: &str, blocks: Vec<(Range<usize>, String)>) -> String {
    let (mut text, mut done) = (String::with_capacity(page.len()), 0);
    for (range, block) in blocks {
        text.push_str(&page[done..range.start]);
        text.push_str(&block);
        done = range.start + page[range].trim_end().len();
    }
    text + &page[done..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_knows_its_line_language_and_bytes() {
        let page = "# T\n\n```rust,ignore\nlet a = 1;\n```\n\ntext\n\n~~~text\nx\n~~~\n";
        let all = fences(page);
        assert_eq!(
            all.iter().map(|f| (f.line, f.language())).collect::<Vec<_>>(),
            [(3, "rust"), (9, "text")]
        );
        assert_eq!(all[0].content, "let a = 1;\n");
        assert_eq!(page[all[0].range.clone()].trim_end(), "```rust,ignore\nlet a = 1;\n```");
    }

    #[test]
    fn a_fence_in_an_admonish_box_is_found_at_its_own_line() {
        let page = "one\n\n````admonish warning title=\"A\"\ntext\n\n```rust\nfn f() {}\n```\n````\n\n```sh\nls\n```\n";
        let all = fences(page);
        assert_eq!(all.iter().map(|f| (f.line, f.language())).collect::<Vec<_>>(), [(6, "rust"), (11, "sh")]);
        assert!(page[all[0].range.clone()].starts_with("```rust\nfn f() {}\n```"));
    }
}
