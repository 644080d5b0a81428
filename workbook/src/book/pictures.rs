//! The preprocessor `pictures`: a fenced block ```` ```pikchr,alt="…" ```` becomes a picture in the page. The language is
//! described at <https://pikchr.org>; the names of the theme's colours are in [`svg`].

use std::sync::LazyLock;

use regex::Regex;

use super::{
    fences::{Fence, Mistake, fences, replaced},
    svg,
};

pub(super) fn draw_all(page: &str) -> Result<String, Vec<Mistake>> {
    replaced(page, fences(page).into_iter().filter(|fence| fence.language() == "pikchr"), draw)
}

fn draw(fence: &Fence) -> Result<String, Mistake> {
    let Some(alt) = alternative_text(&fence.info) else {
        let said =
            "this picture has no words for those who cannot see it: write ```pikchr,alt=\"what it shows\"";
        return Err((0, said.into()));
    };
    Ok(format!("<figure class=\"picture\">{}</figure>", svg::draw(&fence.content, alt)?))
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
