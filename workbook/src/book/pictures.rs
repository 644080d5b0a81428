//! The preprocessor `pictures`: a fenced block of pikchr becomes a picture in the page.
//!
//! ````text
//! ```pikchr,alt="A client sends a request to the router, which calls a handler"
//! box "client"; arrow; box "router"; arrow; box "handler" color highlight fill tint
//! ```
//! ````
//!
//! The language is described at <https://pikchr.org>. Colours are the theme's: `highlight` and `tint` for what changes in this
//! chapter, `muted` and `panel` for what stays behind, `good`, `bad`, `paper`; without a colour a line has that of the text.

use std::sync::LazyLock;

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use regex::Regex;

use super::{fences::fences, redraw::redraw, slashed, svg};

pub(super) struct Pictures;

impl Preprocessor for Pictures {
    fn name(&self) -> &str {
        "pictures"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        redraw(context, book, "A picture cannot be drawn", |page, text| {
            let told = |(line, said)| format!("{}:{line}: {said}", slashed(page));
            draw_all(text).map_err(|found| found.into_iter().map(told).collect())
        })
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// Returns the page with its pictures drawn, or each mistake with its line.
fn draw_all(page: &str) -> Result<String, Vec<(usize, String)>> {
    let mut drawn = String::with_capacity(page.len());
    let mut done = 0;
    let mut mistakes = Vec::new();
    for fence in fences(page).iter().filter(|fence| fence.language() == "pikchr") {
        let Some(alt) = alternative_text(&fence.info) else {
            mistakes.push((fence.line, "this picture has no words for those who cannot see it: write ```pikchr,alt=\"what it shows\"".into()));
            continue;
        };
        match svg::draw(&fence.content, alt) {
            Ok(svg) => {
                drawn.push_str(&page[done..fence.range.start]);
                drawn.push_str(&format!("<figure class=\"picture\">{svg}</figure>"));
                // The range may end with the line's end, which stays.
                done = fence.range.start + page[fence.range.clone()].trim_end().len();
            }
            Err(mistake) => mistakes.push((fence.line + mistake.line, mistake.message)),
        }
    }
    drawn.push_str(&page[done..]);
    if mistakes.is_empty() { Ok(drawn) } else { Err(mistakes) }
}

fn alternative_text(info: &str) -> Option<&str> {
    static ALT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"^pikchr\s*,?\s*alt="([^"]*)"\s*$"#).expect("a constant"));
    let alt = ALT.captures(info)?.get(1)?.as_str().trim();
    (!alt.is_empty()).then_some(alt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_takes_the_place_of_its_fence_and_nothing_else_changes() {
        let page = "# T\n\nbefore\n\n```pikchr,alt=\"a box\"\nbox\n```\n\nafter\n\n- item\n\n  ```pikchr alt=\"another\"\n  box\n\n  box\n  ```\n\nend\n";
        let text = draw_all(page).unwrap();
        assert!(
            text.starts_with(
                "# T\n\nbefore\n\n<figure class=\"picture\"><svg role=\"img\" aria-label=\"a box\""
            ),
            "{text}"
        );
        assert!(
            text.contains("</svg></figure>\n\nafter\n\n- item\n\n  <figure")
                && text.ends_with("</figure>\n\nend\n"),
            "{text}"
        );
    }

    #[test]
    fn every_mistake_of_a_page_is_told_at_once_with_its_line() {
        let page = "text\n\n```pikchr\nbox\n```\n\n```pikchr,alt=\"x\"\nbox\nbxo\n```\n\n```pikchr,alt=\" \"\nbox\n```\n";
        let lines: Vec<_> = draw_all(page).unwrap_err().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [3, 9, 12]);
    }
}
