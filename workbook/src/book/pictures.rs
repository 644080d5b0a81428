//! The preprocessor `pictures`: a fenced block ```` ```pikchr,alt="…" ```` becomes a picture in the page. The language is
//! described at <https://pikchr.org>; the names of the theme's colours are in [`svg`].

use std::sync::LazyLock;

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;
use regex::Regex;

use super::{
    fences::{fences, replaced},
    pages::draw_pages,
    svg,
};

pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    draw_pages(context, book, "A picture cannot be drawn", |page, text| {
        let told = |(line, said)| format!("{page}:{line}: {said}");
        draw_all(text).map_err(|found| found.into_iter().map(told).collect())
    })
}

/// Returns the page with its pictures drawn, or each mistake with its line.
fn draw_all(page: &str) -> Result<String, Vec<(usize, String)>> {
    let (mut drawn, mut mistakes) = (Vec::new(), Vec::new());
    for fence in fences(page).into_iter().filter(|fence| fence.language() == "pikchr") {
        let Some(alt) = alternative_text(&fence.info) else {
            mistakes.push((fence.line, "this picture has no words for those who cannot see it: write ```pikchr,alt=\"what it shows\"".into()));
            continue;
        };
        match svg::draw(&fence.content, alt) {
            Ok(svg) => drawn.push((fence.range, format!("<figure class=\"picture\">{svg}</figure>"))),
            Err(mistake) => mistakes.push((fence.line + mistake.line, mistake.message)),
        }
    }
    if mistakes.is_empty() { Ok(replaced(page, drawn)) } else { Err(mistakes) }
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
