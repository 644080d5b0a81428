//! Finds the fenced code blocks of a page, with their lines, also those inside an admonish box or a question.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// What follows the opening backticks.
    pub info: String,
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

/// Every fenced block of `page` in its order. In the place of an admonish box or a question come the blocks inside it.
pub fn fences(page: &str) -> Vec<Fence> {
    let inside = |fence: Fence| {
        if !matches!(fence.language(), "admonish" | "question") {
            return vec![fence];
        }
        let block = &page[fence.range.clone()];
        let header = block.find('\n').map_or(block.len(), |end| end + 1);
        let footer = block.trim_end().rfind('\n').map_or(header, |end| end + 1).max(header);
        let mut inner = fences(&block[header..footer]);
        for one in &mut inner {
            let first = fence.range.start + header;
            one.range = one.range.start + first..one.range.end + first;
            one.line += fence.line;
        }
        inner
    };
    blocks(page).into_iter().flat_map(inside).collect()
}

/// The same without a look into any of them.
pub(super) fn blocks(page: &str) -> Vec<Fence> {
    let mut blocks = Vec::new();
    let mut events = Parser::new_ext(page, Options::all()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        let line = 1 + page[..range.start].matches('\n').count();
        let text = events.by_ref().map_while(|(event, _)| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        });
        blocks.push(Fence { info: info.into_string(), content: text.collect(), line, range });
    }
    blocks
}

/// What is wrong with a block: the line in it, or 0 where all of it is meant, and what to do.
pub type Mistake = (usize, String);

/// The page with these blocks drawn, or each mistake with its line in the page. A block may end with its line's end, which stays.
pub(super) fn replaced(
    page: &str,
    blocks: impl Iterator<Item = Fence>,
    draw: impl Fn(&Fence) -> Result<String, Mistake>,
) -> Result<String, Vec<Mistake>> {
    let (mut text, mut done, mut mistakes) = (String::with_capacity(page.len()), 0, Vec::new());
    for fence in blocks {
        match draw(&fence) {
            Ok(block) => {
                text.push_str(&page[done..fence.range.start]);
                text.push_str(&block);
                done = fence.range.start + page[fence.range].trim_end().len();
            }
            Err((line, said)) => mistakes.push((fence.line + line, said)),
        }
    }
    if mistakes.is_empty() { Ok(text + &page[done..]) } else { Err(mistakes) }
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
